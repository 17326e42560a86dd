"""pain.001.001.09: the structure of the standard's schema, control totals, and what stands in a transfer."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from payouts import files
from payouts.writers.pain import NAMESPACE
from tests.payouts.bank import ROW, WIDE, another, as_pain, sealed_batch

SPACE = {"p": NAMESPACE}
# Elements in the order of the schema's sequences; those before "|" once, the last many times.
HEADER = ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
PAYMENT = ["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt"]
TRANSFER = ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]


def read(content):
    return ElementTree.fromstring(content)


def names(element):
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def said(message, path):
    return [element.text for element in message.iterfind("/".join(f"p:{name}" for name in path.split("/")), SPACE)]


@pytest.fixture
def message():
    return read(as_pain([ROW, another(line=2, application="QZ5325032026000002", amount=Decimal("0.50"))]))


PMT, TX = "CstmrCdtTrfInitn/PmtInf", "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"


def test_of_a_long_note_the_borrower_stays_and_the_contract_is_cut():
    scheme, contract = "某" * 60, "HT-" + "9" * 100
    long = another(scheme=scheme, note=f"贴息 借款人张三 借款合同{contract}")
    [text] = said(read(as_pain([long])), f"{TX}/RmtInf/Ustrd")
    assert len(text) == 140
    assert "借款人张三 借款合同HT-9" in text


def test_it_is_a_document_of_the_standard(message):
    assert message.tag == f"{{{NAMESPACE}}}Document"
    assert names(message) == ["CstmrCdtTrfInitn"]
    assert names(message[0]) == ["GrpHdr", "PmtInf"]


def test_elements_stand_in_the_order_of_the_schema(message):
    header, payment = message[0]
    assert names(header) == HEADER
    assert names(payment) == [*PAYMENT, "CdtTrfTxInf", "CdtTrfTxInf"]
    assert names(payment[-1]) == TRANSFER
    assert names(payment[-1][0]) == ["InstrId", "EndToEndId"]


@pytest.mark.parametrize("where", ["CstmrCdtTrfInitn/GrpHdr", PMT])
def test_control_totals_are_the_number_and_sum_of_the_transfers(message, where):
    assert said(message, f"{where}/NbOfTxs") == ["2"]
    assert said(message, f"{where}/CtrlSum") == ["1000.50"]
    assert sum(map(Decimal, said(message, f"{TX}/Amt/InstdAmt"))) == Decimal("1000.50")


def test_amounts_are_yuan(message):
    amounts = message.iterfind(f".//{{{NAMESPACE}}}InstdAmt")
    assert {amount.get("Ccy") for amount in amounts} == {"CNY"}


def test_the_end_to_end_reference_is_batch_line_and_period(message):
    assert said(message, f"{TX}/PmtId/EndToEndId") == ["PC532500202600001-1-2026", "PC532500202600001-2-2026"]


def test_two_lines_of_one_month_of_a_case_have_references_of_their_own():
    found = said(read(as_pain([ROW, another(line=2)])), f"{TX}/PmtId/EndToEndId")
    assert len(set(found)) == 2


def test_each_instruction_is_named_by_batch_and_line(message):
    assert said(message, f"{TX}/PmtId/InstrId") == ["PC532500202600001-1", "PC532500202600001-2"]


def test_name_bank_and_account_are_the_payee_s(message):
    found = [said(message, f"{TX}/{path}")[0] for path in ("Cdtr/Nm", "CdtrAgt/FinInstnId/Nm", "CdtrAcct/Id/Othr/Id")]
    assert found == [ROW.name, ROW.bank, ROW.account]


def test_the_bureau_pays_on_the_day_of_sealing(message):
    assert said(message, f"{PMT}/Dbtr/Nm") == ["红河州财政局"]
    assert said(message, f"{PMT}/ReqdExctnDt/Dt") == ["2026-11-23"]


def test_no_citizen_id_stands_in_it():
    assert ROW.id_number.encode() not in as_pain([ROW])


def test_signs_of_xml_in_a_name_stay_text():
    content = as_pain([another(name="<Amt>&")])
    assert said(read(content), f"{TX}/Cdtr/Nm") == ["<Amt>&"]


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\uffff", "\n"])
def test_what_no_xml_can_hold_becomes_a_blank(letter):
    assert said(read(as_pain([another(bank=f"农行{letter}蒙自")])), f"{TX}/CdtrAgt/FinInstnId/Nm") == ["农行 蒙自"]


def test_texts_are_no_longer_than_the_standard_allows():
    message = read(as_pain([another(bank="行" * 200, period="2" * 50)]))
    assert len(said(message, f"{TX}/CdtrAgt/FinInstnId/Nm")[0]) == 140
    assert len(said(message, f"{TX}/PmtId/EndToEndId")[0]) == 35


def test_the_same_rows_are_the_same_bytes():
    assert as_pain([ROW]) == as_pain([ROW])


@pytest.mark.django_db
def test_a_sealed_batch_has_one_with_all_its_lines():
    batch = sealed_batch(WIDE, 2, 5)
    message = read(files.read(batch, "pain"))
    assert said(message, "CstmrCdtTrfInitn/GrpHdr/MsgId") == [batch.number]
    assert said(message, "CstmrCdtTrfInitn/GrpHdr/CtrlSum") == [f"{batch.total:.2f}"]
    assert len(said(message, f"{TX}/PmtId/InstrId")) == batch.line_count == 2
