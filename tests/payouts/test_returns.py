"""Return files: checked as a whole, confirmed by another person, and each line counts once."""

import pytest
from django.core.files.storage import default_storage

from applications import messages
from applications.models import CaseActor
from audit.models import Event
from benefits.models import Budget
from payouts import batching, payable
from payouts.balance import faults, standing, total
from payouts.following import what_followed
from payouts.models import Payout, ReturnFile, ReturnResult
from payouts.returns import disputes, intake
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.tables import FaultyFile
from tests import world
from tests.payouts.returned import after, as_csv, as_xlsx, row, sent, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return world.user("finance-maker")


@pytest.fixture
def checker():
    return world.user("finance-checker")


def upload(user, content, at):
    return intake.upload(user, world.finance(), content, at)[0]


def states(batch):
    return list(batch.payouts.order_by("line").values_list("state", flat=True))


def refused(user, content, at):
    """What the file is refused for; nothing was kept or changed."""
    before = list(Payout.objects.order_by("pk").values_list("state", "paid_on", "returned_at"))
    with pytest.raises(Invalid) as refusal:
        upload(user, content, at)
    assert list(Payout.objects.order_by("pk").values_list("state", "paid_on", "returned_at")) == before
    assert not ReturnResult.objects.exists()
    return refusal.value


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_csv_counts_in_each_encoding(encoding, maker, checker):
    batch, _cases = sent(0, 5)
    rows = [row(batch, 1), row(batch, 2, "失败", "账号与户名不符")]
    file = upload(maker, as_csv(rows, encoding), after(batch))
    assert states(batch) == ["exported", "exported"]
    intake.confirm(checker, file.pk, after(batch))
    assert states(batch) == ["paid", "returned"]


def test_a_spreadsheet_counts_as_well(maker, checker):
    batch, _cases = sent()
    file = upload(maker, as_xlsx([row(batch)]), after(batch))
    intake.confirm(checker, file.pk, after(batch))
    assert states(batch) == ["paid"]


def test_a_paid_line_bears_the_bank_s_day_and_when_we_learnt_of_it():
    batch, _cases = sent()
    told(batch, row(batch))
    payout = batch.payouts.get()
    assert (payout.paid_on, payout.paid_at) == (after(batch, 1).date(), after(batch))


def test_a_batch_is_reconciled_when_its_last_line_is_told_of():
    batch, _cases = sent(0, 5)
    told(batch, row(batch, 2))
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == ("exported", ["exported", "paid"])
    told(batch, row(batch, 1, "失败", "销户"))
    batch.refresh_from_db()
    assert batch.state == "reconciled"


def test_the_order_of_lines_and_columns_does_not_matter(maker, checker):
    batch, _cases = sent(0, 5)
    day = f"{after(batch, 1):%Y/%m/%d}"
    text = f"入账日期,结果,序号,原因,批次号\r\n{day},成功,2,,{batch.number}\r\n,失败,1,销户,{batch.number}\r\n"
    file = upload(maker, text.encode("utf-8-sig"), after(batch))
    intake.confirm(checker, file.pk, after(batch))
    assert states(batch) == ["returned", "paid"]


@pytest.mark.parametrize(
    "change, column",
    [
        ({"batch": "PC000"}, "批次号"),
        ({"batch": ""}, "批次号"),
        ({"line": "99"}, "序号"),
        ({"line": "1.5"}, "序号"),
        ({"line": "１"}, "序号"),
        ({"result": "成 功"}, "结果"),
        ({"result": "失败"}, "原因"),
        ({"day": "2026-13-01"}, "入账日期"),
        ({"day": "2026-1-1"}, "入账日期"),
        ({"day": ""}, "入账日期"),
        ({"day": "2020-01-01"}, "入账日期"),
        ({"day": "2099-01-01"}, "入账日期"),
    ],
)
def test_one_faulty_cell_refuses_the_whole_file_and_is_named(change, column, maker):
    batch, _cases = sent(0, 5)
    good = row(batch, 1)
    names = ("batch", "line", "result", "reason", "day")
    bad = [change.get(name, cell) for name, cell in zip(names, row(batch, 2), strict=True)]
    fault = refused(maker, as_csv([good, bad]), after(batch))
    assert isinstance(fault, FaultyFile)
    assert [(one.row, one.column) for one in fault.faults] == [(3, column)]
    assert not ReturnFile.objects.exists()


def test_every_fault_of_a_file_is_told_at_once(maker):
    batch, _cases = sent()
    bad = ["PC000", "x", "也许", "", "昨天"]
    fault = refused(maker, as_csv([row(batch), bad, bad[:3]]), after(batch))
    assert [(one.row, one.column) for one in fault.faults] == [
        (3, "序号"), (3, "结果"), (3, "入账日期"), (4, "入账日期"),
    ]  # fmt: skip


@pytest.mark.parametrize("second", ["成功", "失败"])
def test_a_payout_told_of_twice_in_one_file_refuses_it(second, maker):
    batch, _cases = sent()
    content = as_csv([row(batch), row(batch, 1, second, "销户" if second == "失败" else "")])
    assert [one.row for one in refused(maker, content, after(batch)).faults] == [3]


def test_a_batch_that_was_not_exported_is_unknown(maker):
    batch, cases = sent()
    world.granted(5)
    waiting = batching.make(maker, world.finance(), "grad-jobseeking", cases[0].later(200))
    line = [waiting.number, *row(batch)[1:]]
    assert refused(maker, as_csv([line]), after(batch, 20)).faults[0].column == "批次号"


def mangled(content):
    """The file cut and damaged in many ways."""
    yield content[: len(content) // 2]
    yield content[:-4]
    yield content[:40] + b"\xff\xfe" + content[40:]
    yield content[:-10] + b"\x00" + content[-10:]
    yield content.replace("成功".encode(), "成\ufffd".encode())
    yield content.replace("批次号".encode(), b"batch")
    yield b""
    yield b"\xef\xbb\xbf"
    yield b"PK\x03\x04" + content
    yield content.replace(b"\r\n", b'"\r\n', 1)


def test_damaged_csv_files_change_nothing(maker):
    batch, _cases = sent(0, 5)
    for bytes_ in mangled(as_csv([row(batch, 1), row(batch, 2)])):
        refused(maker, bytes_, after(batch))
    assert not ReturnFile.objects.exists()


def test_damaged_spreadsheets_change_nothing(maker):
    batch, _cases = sent()
    content = as_xlsx([row(batch)])
    for bytes_ in (content[:200], content[:-30], content[:300] + b"\xff" * 40 + content[340:]):
        refused(maker, bytes_, after(batch))


def test_files_that_are_too_large_or_too_long_are_refused(maker):
    batch, _cases = sent()
    assert refused(maker, b"x" * (5 * 1024 * 1024 + 1), after(batch)).code == "too_large"
    assert refused(maker, as_csv([row(batch)] * 20_001), after(batch)).code == "too_long"


def test_the_same_bytes_again_are_the_same_file_and_change_nothing(maker, checker):
    batch, _cases = sent()
    content = as_csv([row(batch)])
    file = upload(maker, content, after(batch))
    assert intake.upload(checker, world.finance(), content, after(batch)) == (file, False)
    intake.confirm(checker, file.pk, after(batch))
    assert intake.upload(maker, world.finance(), content, after(batch, 9)) == (file, False)
    with pytest.raises(Conflict) as refusal:
        intake.confirm(checker, file.pk, after(batch, 9))
    assert refusal.value.code == "confirmed"
    assert ReturnResult.objects.count() == 1


def test_known_lines_in_another_file_say_nothing_new(maker):
    batch, _cases = sent(0, 5)
    told(batch, row(batch, 1), row(batch, 2, "失败", "销户"))
    with pytest.raises(Invalid) as refusal:
        upload(maker, as_csv([row(batch, 2, "失败", "销户"), row(batch, 1)]), after(batch, 9))
    assert refusal.value.code == "nothing_new"


def test_known_lines_beside_new_ones_count_once():
    batch, _cases = sent(0, 5)
    told(batch, row(batch, 1))
    file = told(batch, row(batch, 1), row(batch, 2))
    assert (file.paid, file.repeated) == (1, 1)
    assert ReturnResult.objects.count() == 2


def test_who_brought_a_file_in_does_not_confirm_it(maker):
    batch, _cases = sent()
    file = upload(maker, as_csv([row(batch)]), after(batch))
    with pytest.raises(Refused) as refusal:
        intake.confirm(maker, file.pk, after(batch))
    assert refusal.value.code == "uploader_confirms"
    assert states(batch) == ["exported"]


def test_who_took_part_in_a_case_does_not_confirm_its_result(maker, checker):
    batch, cases = sent()
    file = upload(maker, as_csv([row(batch)]), after(batch))
    CaseActor.objects.create(
        application=cases[0].application, who=f"user:{checker.pk}", capacity="official", stage="review"
    )
    with pytest.raises(Refused) as refusal:
        intake.confirm(checker, file.pk, after(batch))
    assert refusal.value.code == "four_eyes"


def test_files_are_for_the_bureau_s_own_people():
    batch, _cases = sent()
    at = after(batch)
    file = upload(world.user("finance-maker"), as_csv([row(batch)]), at)
    for name in ("county-approver", "other-county", "applicant", "prefecture-approver"):
        with pytest.raises(NotFound):
            intake.confirm(world.user(name), file.pk, at)
        with pytest.raises(NotFound):
            upload(world.user(name), as_csv([row(batch)]), at)


def test_a_file_is_kept_encrypted_with_who_and_when(maker, checker):
    batch, _cases = sent()
    file = told(batch, row(batch, 1, "失败", "户名不符王小明"))
    with default_storage.open(file.stored, "rb") as stored:
        assert "王小明".encode() not in stored.read()
    assert (file.uploaded_by, file.confirmed_by) == (maker, checker)
    events = Event.objects.filter(stream=file.stream).order_by("seq")
    assert [(one.action, one.actor) for one in events] == [
        ("return.uploaded", "finance-maker"), ("return.confirmed", "finance-checker"),
    ]  # fmt: skip
    assert not any("王小明" in str(one.data) for one in Event.objects.all())


def test_a_file_that_is_not_what_was_uploaded_is_not_confirmed(maker, checker):
    batch, _cases = sent()
    file = upload(maker, as_csv([row(batch)]), after(batch))
    ReturnFile.objects.filter(pk=file.pk).update(sha256="0" * 64)
    with pytest.raises(Conflict) as refusal:
        intake.confirm(checker, file.pk, after(batch))
    assert refusal.value.code == "file_changed"


def test_what_came_back_is_reserved_still_and_no_longer_committed():
    batch, _cases = sent()
    envelope = batch.payouts.get().due.budget
    told(batch, row(batch, 1, "失败", "销户"))
    envelope = Budget.objects.get(pk=envelope.pk)
    assert (envelope.reserved, envelope.committed) == (batch.total, 0)
    assert faults() == []
    sums = total(standing(type(batch.payouts.get().due).objects.all(), after(batch)))
    assert {part: sum_ for part, sum_ in sums.items() if sum_} == {"returned": batch.total}


def test_what_came_back_is_not_payable_before_its_account_is_corrected():
    batch, _cases = sent()
    told(batch, row(batch, 1, "失败", "销户"))
    assert payable.payable_sums(world.finance(), after(batch, 9)) == {}


def test_the_applicant_is_told_what_came_back_and_what_arrived():
    batch, cases = sent(0, 5)
    told(batch, row(batch, 1), row(batch, 2, "失败", "户名不符"))
    assert [what_followed(case.application).payments[0].status for case in cases] == ["已到账", "银行退回"]
    assert messages.thread(cases[0].application) == []
    [(_message, words)] = messages.thread(cases[1].application)
    assert "1000.00" in words
    assert "户名不符" not in words


def test_a_failure_after_success_changes_nothing_until_a_person_decides():
    batch, _cases = sent()
    told(batch, row(batch))
    file = told(batch, row(batch, 1, "失败", "收款人退回"), days=9)
    assert file.disputed == 1
    assert states(batch) == ["paid"]


def test_a_recall_is_a_fact_of_its_own_beside_the_success(maker):
    batch, _cases = sent()
    told(batch, row(batch))
    told(batch, row(batch, 1, "失败", "收款人退回"), days=9)
    [result] = disputes.disputes_of(maker, after(batch, 9))
    disputes.rule(maker, result.pk, True, "电话核实，银行已撤回。", after(batch, 10))
    payout = batch.payouts.get()
    assert payout.state == "returned"
    assert payout.paid_on == after(batch, 1).date()
    assert list(ReturnResult.objects.values_list("paid", "disputed")) == [(True, False), (False, True)]
    assert faults() == []


def test_a_success_after_failure_counts_when_a_person_accepts_it(maker):
    batch, _cases = sent()
    told(batch, row(batch, 1, "失败", "超时"))
    told(batch, row(batch), days=9)
    [result] = disputes.disputes_of(maker, after(batch, 9))
    disputes.rule(maker, result.pk, True, "银行来函更正。", after(batch, 10))
    payout = batch.payouts.get()
    assert (payout.state, payout.returned_at) == ("paid", None)
    assert faults() == []


def test_a_contradiction_can_be_left_as_it_is_and_does_not_come_up_again(maker):
    batch, _cases = sent()
    told(batch, row(batch))
    wrong = row(batch, 1, "失败", "错误")
    told(batch, wrong, days=9)
    [result] = disputes.disputes_of(maker, after(batch, 9))
    disputes.rule(maker, result.pk, False, "银行确认发错文件。", after(batch, 10))
    assert states(batch) == ["paid"]
    with pytest.raises(Invalid) as refusal:
        upload(maker, as_csv([wrong], "gb18030"), after(batch, 11))
    assert refusal.value.code == "nothing_new"
    with pytest.raises(NotFound):
        disputes.rule(maker, result.pk, True, "又来", after(batch, 12))


def test_who_confirmed_the_file_does_not_decide_on_its_contradictions(maker, checker):
    batch, _cases = sent()
    told(batch, row(batch))
    told(batch, row(batch, 1, "失败", "错误"), days=9)
    [result] = disputes.disputes_of(checker, after(batch, 9))
    with pytest.raises(Refused):
        disputes.rule(checker, result.pk, True, "核实", after(batch, 10))
    with pytest.raises(Invalid):
        disputes.rule(maker, result.pk, True, " ", after(batch, 10))
