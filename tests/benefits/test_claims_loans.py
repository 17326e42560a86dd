"""A bank's list of a quarter held against what its borrowers claim, loan by loan."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import Application
from approvals.claims import loan_lists_kept, loans
from approvals.models import LoanList, LoanListLine
from audit.models import Event
from benefits.claims import loan_lists
from benefits.models import Budget
from payouts.balance import faults
from people.refusals import Conflict, Invalid, NotFound
from people.synthetic import synthetic_person
from people.tables import FaultyFile, table_of
from project.demo import money
from tests import walking, world
from tests.applications.pages import text_of
from tests.approvals.desk import address, sign_in
from tests.benefits.loan_rows import GOOD, ID, sheet
from tests.payouts.returned import row as bank_row
from tests.payouts.returned import told

SCHEME = "startup-guarantee-loan"
BORROWER = synthetic_person(41, "532503", (1980, 2000))


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
            "disability_certificate": BORROWER.certificate,
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
        page = sign_in(official.username).post(reverse("approvals:loans"), {"file": file}, follow=True)
        assert claim.application.number in text_of(page)
        assert ID not in text_of(page)
        assert Event.objects.filter(action="loans.compared").last().data == {"rows": 1, "claims": 1}

    def test_the_page_tells_every_fault(self, claim, official):
        file = SimpleUploadedFile("list.csv", sheet(row(days="0"), row(contract="HT-002", rate="x")))
        page = sign_in(official.username).post(reverse("approvals:loans"), {"file": file})
        assert page.status_code == 422
        assert "第2行“计息天数”" in text_of(page)
        assert "第3行“年利率”" in text_of(page)

    def test_a_list_is_kept_sealed_with_what_came_of_each_line(self, claim, official):
        content = sheet(GOOD, row(contract="HT-009"))
        brought = loan_lists_kept.bring(official, content, claim.later())
        lines = brought.kept.lines.values_list("row", "standing", "application", "off")
        assert list(lines) == [(2, "agrees", claim.application.pk, Decimal("0.00")), (3, "unknown", None, None)]
        with default_storage.open(brought.kept.stored, "rb") as sealed:
            assert ID.encode() not in sealed.read()

    def test_the_same_list_brought_again_changes_nothing(self, claim, official):
        first = loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        again = loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        assert (first.new, again.new, again.kept) == (True, False, first.kept)
        assert LoanList.objects.count() == LoanListLine.objects.count() == 1
        assert Event.objects.filter(action="loans.kept").count() == 1

    def test_a_faulty_list_is_not_kept(self, claim, official):
        with pytest.raises(FaultyFile):
            loan_lists_kept.bring(official, sheet(GOOD, row(contract="HT-002", days="0")), claim.later())
        assert not LoanList.objects.exists()

    def test_a_kept_list_is_for_the_office_it_was_brought_to(self, claim, official):
        brought = loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        assert loan_lists_kept.read(official, brought.kept.pk, claim.at).judged[0].standing == "agrees"
        with pytest.raises(NotFound):
            loan_lists_kept.read(world.user("other-county"), brought.kept.pk, claim.at)
        with pytest.raises(NotFound):
            loan_lists_kept.bring(claim.user, sheet(GOOD), claim.at)

    def test_a_list_that_cannot_be_opened_says_so(self, claim, official):
        brought = loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        default_storage.delete(brought.kept.stored)
        with pytest.raises(Conflict):
            loan_lists_kept.read(official, brought.kept.pk, claim.at)

    def test_the_case_tells_what_the_bank_said_of_it(self, claim, official):
        loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        assert "银行清单第2行：与申请一致" in text_of(sign_in(official.username).get(address(claim)))

    def test_a_claim_that_cannot_be_opened_does_not_hide_the_others(self, claim, official):
        Application.objects.filter(pk=claim.application.pk).update(answers=b"x")
        [one] = self.judged(official, claim, GOOD)
        assert (one.standing, one.claim) == ("unknown", None)

    def test_a_claim_that_agrees_is_granted_paid_and_told_as_paid(self, walk, claim, official):
        """The golden case: 100,000 yuan at 4 % for 90 days of a year of 360 is 1,000.00; half of it is subsidised."""
        brought = loan_lists_kept.bring(official, sheet(GOOD), claim.later())
        while walk.step(claim):
            pass
        [due] = claim.application.dues.all()
        assert (due.amount, due.period, due.payee) == (Decimal("500.00"), "2026-06", claim.application.subject)
        batch = money.pay(payers(due), SCHEME, claim.later())
        told(batch, bank_row(batch))
        assert due.payouts.get().state == "paid"
        # The envelope of the walk was written without a document.
        assert [fault for fault in faults() if fault.check != "amount_is_documented"] == []
        assert loan_lists_kept.read(official, brought.kept.pk, claim.later()).judged[0].standing == "granted"


def payers(due):
    """Who makes and checks batches; the envelope is that of their bureau, as a prefecture's money is."""
    Budget.objects.filter(pk=due.budget_id).update(division=world.finance().division)
    return {name: world.user(name) for name in ("finance-maker", "finance-checker")}
