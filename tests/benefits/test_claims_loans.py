"""A bank's list of a quarter held against what its borrowers claim, loan by loan."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.claims import loans
from audit.models import Event
from benefits.claims import loan_lists
from people.refusals import Invalid
from people.synthetic import synthetic_person
from people.tables import FaultyFile, table_of
from tests import walking, world
from tests.applications.pages import text_of
from tests.approvals.desk import sign_in

SCHEME = "startup-guarantee-loan"
HEAD = "借款合同编号,身份证号码,起息日,计息天数,计息本金,年利率,利息"
ID = synthetic_person(41, "532503", (1980, 2000)).id_number
GOOD = ["HT-001", ID, "2026-06-21", "90", "100000.00", "4.00", "1000.00"]


def sheet(*rows):
    return "\n".join([HEAD, *(",".join(row) for row in rows)]).encode()


def read(*rows):
    return loan_lists.lines_of(table_of(sheet(*rows)))


def row(**changes):
    names = ("contract", "number", "first", "days", "principal", "rate", "interest")
    return [str(changes.get(name, value)) for name, value in zip(names, GOOD, strict=True)]


class TestReading:
    """Strict, and all faults at once."""

    def test_a_line_is_read_as_sums_and_days(self):
        [line] = read(GOOD)
        assert (line.contract, line.days, line.principal, line.rate) == ("HT-001", 90, Decimal(100000), Decimal(4))

    @pytest.mark.parametrize(
        "wrong, column",
        [
            ({"contract": ""}, "借款合同编号"),
            ({"number": "530000199001010000"}, "身份证号码"),
            ({"first": "2026-06-31"}, "起息日"),
            ({"days": "93"}, "计息天数"),
            ({"days": "0"}, "计息天数"),
            ({"days": "九十"}, "计息天数"),
            ({"principal": "-1"}, "计息本金"),
            ({"principal": "1.005"}, "计息本金"),
            ({"rate": "0"}, "年利率"),
            ({"rate": "435"}, "年利率"),
            ({"interest": "很多"}, "利息"),
        ],
    )
    def test_a_wrong_cell_is_told_with_its_row_and_column(self, wrong, column):
        with pytest.raises(FaultyFile) as caught:
            read(GOOD, row(contract="HT-002", **wrong) if "contract" not in wrong else row(**wrong))
        assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, column)]

    def test_the_same_quarter_of_a_loan_stands_there_once(self):
        with pytest.raises(FaultyFile) as caught:
            read(GOOD, row(contract="ht-001 ", first="2026-09-18"))
        assert "第2行" in str(caught.value.faults[0])

    def test_the_next_quarter_of_a_loan_is_another_line(self):
        assert len(read(GOOD, row(first="2026-09-19"))) == 2

    def test_a_list_without_lines_is_refused(self):
        with pytest.raises(Invalid, match="没有一笔贷款"):
            read()


@pytest.mark.slow
@pytest.mark.django_db
class TestComparing:
    """Against the claims the official may see."""

    @pytest.fixture
    def walk(self):
        walk = walking.of(SCHEME)
        walk.staff()
        return walk

    @pytest.fixture
    def claim(self, walk):
        """A claim that agrees with GOOD, before the officials of its place."""
        told = {
            "loan_contract": "HT-001",
            "id_number": ID,
            "quarter_begins": "2026-06-21",
            "days_in_quarter": 90,
            "loan_principal": "100000.00",
            "annual_rate": "4.00",
        }
        return walking.Case(world.user("applicant"), SCHEME, walk.answers() | told, walk.at).submit()

    @pytest.fixture
    def official(self, claim):
        return claim.official()

    def judged(self, official, claim, *rows):
        return loans.compare(official, sheet(*rows), claim.later())

    def test_what_agrees_agrees_to_the_fen(self, claim, official):
        [one] = self.judged(official, claim, GOOD)
        assert (one.standing, one.claim, one.off) == ("agrees", claim.application, Decimal("0.00"))
        assert one.interest == Decimal("1000.00")
        assert Decimal("0.00") < one.subsidy <= one.interest

    def test_the_difference_of_the_interest_is_shown_to_the_fen(self, claim, official):
        [one] = self.judged(official, claim, row(interest="1000.01"))
        assert (one.standing, one.off) == ("differs", Decimal("0.01"))

    def test_what_bank_and_borrower_say_differently_is_named(self, claim, official):
        [one] = self.judged(official, claim, row(principal="90000.00", interest="900.00"))
        assert one.differences == ("计息本金：银行90000.00，申请100000.00",)

    def test_above_the_limits_only_what_is_within_them_is_subsidised(self, claim, official):
        [one] = self.judged(official, claim, row(rate="24", interest="6000.00"))
        assert any("年利率超过上限" in words for words in one.differences)
        assert one.subsidy < one.interest

    def test_another_quarter_of_the_loan_was_not_claimed(self, claim, official):
        [one] = self.judged(official, claim, row(first="2026-09-21"))
        assert (one.standing, one.claim) == ("not_claimed", None)

    def test_another_contract_or_another_person_is_unknown(self, claim, official):
        stranger = synthetic_person(42, "532503", (1980, 2000)).id_number
        found = self.judged(official, claim, row(contract="HT-009"), row(contract="HT-010", number=stranger))
        assert [one.standing for one in found] == ["unknown", "unknown"]

    def test_who_does_not_see_the_case_reads_nothing_of_it(self, claim, official):
        [one] = self.judged(world.user("other-county"), claim, GOOD)
        assert (one.standing, one.claim) == ("unknown", None)

    def test_the_page_names_the_claim_masks_the_borrower_and_the_trail_keeps_counts_alone(self, claim, official):
        file = SimpleUploadedFile("list.csv", sheet(GOOD))
        page = sign_in(official.username).post(reverse("approvals:loans"), {"file": file})
        assert claim.application.number in text_of(page)
        assert ID not in text_of(page)
        assert Event.objects.filter(action="loans.compared").get().data == {"rows": 1, "claims": 1}

    def test_the_page_tells_every_fault(self, claim, official):
        file = SimpleUploadedFile("list.csv", sheet(row(days="0"), row(contract="HT-002", rate="x")))
        page = sign_in(official.username).post(reverse("approvals:loans"), {"file": file})
        assert page.status_code == 422
        assert "第2行“计息天数”" in text_of(page)
        assert "第3行“年利率”" in text_of(page)
