"""Where policy pays the bank of a loan: its line in the batch, what its borrower is told, returns, lists."""

from decimal import Decimal

import pytest

from applications import answers as stored
from applications.asking import asking_of
from applications.four_eyes import identity_of
from approvals.claims import loan_lists_kept
from approvals.models import LoanList, LoanListLine
from audit.models import Event
from benefits.models import Due, LoanBank, LoanBankAccount, Recovery
from papers import reading
from papers.models import Paper
from payouts import advices, banks, batching, files, lines, payable
from payouts.balance import faults, standing
from payouts.following import what_followed
from payouts.returns import accounts, claims
from people.refusals import Conflict, Refused
from people.synthetic import synthetic_person
from project.demo import money
from schemes.models import PolicyClause, PolicyValue
from tests import walking, world
from tests.applications.pages import text_of
from tests.approvals.desk import address, sign_in
from tests.benefits.loan_rows import GOOD, ID, sheet
from tests.benefits.test_claims_loans import SCHEME, payers
from tests.payouts import loan_bank_rows as rows
from tests.payouts.returned import after, told
from tests.payouts.returned import row as bank_row

pytestmark = pytest.mark.django_db
BORROWER = synthetic_person(41, "532503", (1980, 2000))


def banks_are_paid(from_: str):
    """Chongqing publishes that the bank is paid, from that day on."""
    PolicyValue.objects.create(
        scheme_id=SCHEME,
        division_id="500000",
        name="paid_to_bank",
        value=True,
        clause=PolicyClause.objects.get(scheme=SCHEME, document="chongqing-2025-2027"),
        basis="stated",
        valid_from=from_,
        origin="people",
        published_by="somebody",
        published_at=world.START,
    )


def words(claim, kind):
    paper = Paper.objects.get(case_ref=claim.public_id, kind=kind)
    return "".join(text for _field, text in reading.content(paper).texts())


@pytest.mark.slow
class TestPaying:
    """A claim of interest in a place whose policy pays the bank."""

    @pytest.fixture
    def from_(self):
        return "2026-01-01"

    @pytest.fixture
    def walk(self, from_):
        banks_are_paid(from_)
        walk = walking.of(SCHEME)
        walk.staff()
        return walk

    @pytest.fixture
    def told(self):
        return {
            "loan_contract": "HT-001",
            "lender": "一家没有登记的银行",
            "id_number": ID,
            "disability_certificate": BORROWER.certificate,
            "quarter_begins": "2026-06-21",
            "days_in_quarter": 90,
            "loan_principal": "100000.00",
            "annual_rate": "4.00",
        }

    @pytest.fixture
    def claim(self, walk, told):
        return walking.Case(world.user("applicant"), SCHEME, walk.answers() | told, walk.at).submit()

    @pytest.fixture
    def bank(self, walk):
        """Registered by the bureau of the place."""
        return rows.registered_in(walk.division)

    def granted(self, walk, claim):
        while walk.step(claim):
            pass
        return claim.application.dues.get()

    def listed(self, claim, bank):
        loan_lists_kept.bring(claim.official(), sheet(GOOD), claim.later(), bank.pk)

    @pytest.mark.parametrize("from_", ["2027-01-01"])
    def test_a_claim_of_before_that_day_pays_its_borrower(self, walk, claim, bank):
        self.listed(claim, bank)
        assert self.granted(walk, claim).bank is None

    def test_without_a_bank_the_grant_says_what_to_do(self, walk, claim):
        with pytest.raises(Conflict, match="没有找到这笔贷款的银行") as refused:
            self.granted(walk, claim)
        assert refused.value.code == "bank_unknown"
        assert not Due.objects.exists()

    def test_the_bank_whose_list_names_the_claim_is_paid_a_line_for_the_borrower(self, walk, claim, bank):
        """The golden case: half of 1,000.00 yuan of interest, to the bank, for one borrower and one contract."""
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        assert (due.amount, due.payee, due.bank) == (Decimal("500.00"), claim.application.subject, bank)
        batch = money.pay(payers(due), SCHEME, claim.later())
        [line] = files.rows_of(batch)
        assert (line.name, line.id_number) == (rows.NAME, rows.said().uscc)
        assert (line.account, line.bank, line.amount) == (rows.ACCOUNT, rows.BRANCH, Decimal("500.00"))
        assert line.note.endswith(f"贴息 借款人{BORROWER.name} 借款合同HT-001")
        [shown] = lines.page_of(batch, 1)
        assert (shown.name, shown.masked) == (rows.NAME, False)
        assert rows.ACCOUNT not in shown.account
        told(batch, bank_row(batch))
        assert due.payouts.get().state == "paid"
        assert [fault for fault in faults() if fault.check != "amount_is_documented"] == []

    def test_the_borrower_is_told_that_the_bank_is_paid(self, walk, claim, bank):
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        batch = money.pay(payers(due), SCHEME, claim.later())
        advices.tell_paid(batch.exported_at)
        assert what_followed(claim.application).bank == rows.NAME
        assert what_followed(claim.application).payments[0].amount == Decimal("500.00")
        assert f"您贷款的经办银行（{rows.NAME}），抵付您的贷款利息" in words(claim, "grant")
        assert f"{rows.NAME}（您贷款的经办银行，抵付您的贷款利息，不发放到您本人账户）" in words(
            claim, "payment_advice"
        )

    def test_the_bank_called_as_the_borrower_wrote_is_paid_too(self, walk, claim, bank):
        bank.organisation.name = "一家没有登记的 银行"
        bank.organisation.save()
        assert self.granted(walk, claim).bank == bank

    def test_two_banks_that_list_one_loan_stop_the_grant(self, walk, claim, bank):
        self.listed(claim, bank)
        other = rows.other(walk.division)
        loan_lists_kept.bring(claim.official(), sheet(GOOD) + b"\n", claim.later(), other.pk)
        with pytest.raises(Conflict, match="不止一家银行"):
            self.granted(walk, claim)

    def test_a_bank_without_a_checked_account_is_not_paid_yet(self, walk, claim):
        bank = rows.bank()
        LoanBank.objects.filter(pk=bank.pk).update(division=walk.division)
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        payers(due)
        assert payable.payable_sums(world.finance(), claim.later()) == {}
        assert [list(line.parts) for line in standing(Due.objects.all(), claim.later())] == [["unchecked"]]
        LoanBank.objects.filter(pk=bank.pk).update(division=world.finance().division)
        banks.check(world.user("finance-checker"), bank.accounts.get().pk, True, claim.later())
        assert payable.payable_sums(world.finance(), claim.later())[SCHEME].lines == 1

    def test_what_the_bank_sent_back_waits_for_its_account_and_asks_nothing_of_the_borrower(self, walk, claim, bank):
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        batch = money.pay(payers(due), SCHEME, claim.later())
        told(batch, bank_row(batch, 1, "失败", "账号有误"))
        office, later = world.finance(), batch.exported_at + (batch.exported_at - batch.made_at)
        assert not accounts.wanted(claim.application)
        assert payable.payable_sums(office, later) == {}
        LoanBank.objects.filter(pk=bank.pk).update(division=office.division_id)
        rows.confirmed(later, rows.OTHER_ACCOUNT)
        assert payable.payable_sums(office, later)[SCHEME].lines == 1
        again = batching.make(world.user("finance-maker"), office, SCHEME, later)
        assert [line.account for line in files.rows_of(again)] == [rows.OTHER_ACCOUNT]

    def test_nothing_that_goes_to_a_bank_is_set_off_against_a_claim(self, walk, claim, bank):
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        payers(due)
        recovery = type("Claim", (), {"application": claim.application})
        assert list(claims.offsettable(world.user("finance-checker"), recovery, claim.later())) == []

    def test_but_what_the_bank_sent_back_is_set_off_against_the_claim_of_its_own_case(self, walk, claim, bank):
        self.listed(claim, bank)
        due = self.granted(walk, claim)
        batch = money.pay(payers(due), SCHEME, claim.later())
        about, at = claim.application, after(batch, 9)
        recovery = Recovery.objects.create(application=about, decided_in=about, amount=100, recorded_at=after(batch, 1))
        told(batch, bank_row(batch, 1, "失败", "账号有误"))
        assert payable.payable_sums(world.finance(), at) == {}
        paid = claims.set_off(world.user("finance-checker"), recovery.pk, due.pk, "本人书面同意抵扣。", at)
        assert (paid.kind, paid.amount, paid.left) == ("returned", Decimal("-100.00"), 0)
        rest = about.dues.get(stop__isnull=True)
        assert (rest.amount, rest.bank) == (Decimal("400.00"), bank)

    def test_one_bank_that_the_county_and_the_province_registered_is_one(self, walk, claim, bank):
        above = claim.application.division.province_id
        same = LoanBank.objects.create(division_id=above, organisation=bank.organisation)
        self.listed(claim, same)
        loan_lists_kept.bring(claim.official(), sheet(GOOD) + b"\n", claim.later(), bank.pk)
        assert self.granted(walk, claim).bank == bank

    def test_who_had_a_part_in_a_case_does_not_confirm_the_account_it_is_paid_to(self, walk, claim):
        bank = rows.bank()
        LoanBank.objects.filter(pk=bank.pk).update(division=walk.division)
        self.listed(claim, bank)
        self.granted(walk, claim)
        LoanBank.objects.filter(pk=bank.pk).update(division=world.finance().division)
        checker, waiting = world.user("finance-checker"), bank.accounts.get()
        claim.application.actors.create(who=identity_of(checker), capacity="official", stage="review")
        with pytest.raises(Refused, match="须由其他人核对") as refused:
            banks.check(checker, waiting.pk, True, claim.later())
        assert refused.value.code == "four_eyes"
        assert LoanBankAccount.objects.get().state == "waiting"

    def test_a_list_that_came_before_its_claim_finds_it_once_it_is_brought_again(self, walk, claim, bank):
        official = claim.official()
        self.listed(claim, bank)
        LoanListLine.objects.update(application=None, standing="unknown", off=None)
        again = loan_lists_kept.bring(official, sheet(GOOD), claim.later(), bank.pk)
        assert not again.new
        assert LoanListLine.objects.get().application == claim.application
        assert Event.objects.get(action="loans.claims_found").data == {"list": again.kept.pk, "rows": 1}
        assert self.granted(walk, claim).bank == bank

    def test_a_borrower_who_is_asked_for_no_account_files_and_the_bank_is_paid(self, walk, told, bank):
        given = {name: value for name, value in (walk.answers() | told).items() if name not in ("account", "bank")}
        claim = walking.Case(world.user("applicant"), SCHEME, given, walk.at).submit()
        self.listed(claim, bank)
        batch = money.pay(payers(self.granted(walk, claim)), SCHEME, claim.later())
        assert [line.account for line in files.rows_of(batch)] == [rows.ACCOUNT]

    def test_a_draft_under_the_form_of_before_asks_for_the_account_still_and_can_be_filed(self, walk, told):
        draft = walking.Case(world.user("applicant"), SCHEME, walk.answers() | told, walk.at)
        rows.pinned_to_the_form_of_before(draft.application)
        asked = asking_of(draft.application, stored.read(draft.application), walk.on)
        assert {"account", "bank"} <= {one.name for page in asked.pages for one in asked.questions_on(page)}
        assert draft.submit().application.state == "submitted"

    def test_the_deciding_official_is_told_that_a_bank_was_found_by_its_name_alone(self, walk, claim, bank):
        bank.organisation.name = "一家没有登记的 银行"
        bank.organisation.save()
        page = sign_in(claim.official().username).get(address(claim))
        assert f"贴息拨付给经办银行：{bank}" in text_of(page).replace("<strong>", "").replace("</strong>", "")
        assert bank.organisation.uscc in text_of(page)
        assert rows.ACCOUNT[-4:] in text_of(page)
        assert rows.ACCOUNT not in page.content.decode()
        assert "只是按申请人填写的贷款银行名称找到的" in text_of(page)

    def test_a_bank_that_a_list_names_is_shown_without_that_warning(self, walk, claim, bank):
        self.listed(claim, bank)
        page = text_of(sign_in(claim.official().username).get(address(claim)))
        assert bank.organisation.uscc in page
        assert "只是按申请人填写的贷款银行名称找到的" not in page

    def test_where_no_bank_is_found_the_official_reads_so_before_deciding(self, walk, claim):
        assert "没有找到这笔贷款的银行" in text_of(sign_in(claim.official().username).get(address(claim)))

    @pytest.mark.parametrize("from_", ["2027-01-01"])
    def test_where_the_borrower_is_paid_no_bank_is_shown(self, walk, claim, bank):
        self.listed(claim, bank)
        assert "贴息拨付给经办银行" not in text_of(sign_in(claim.official().username).get(address(claim)))

    def test_the_official_sees_the_bank_of_the_list_and_the_end_of_its_account(self, walk, claim, bank):
        self.listed(claim, bank)
        page = sign_in(claim.official().username).get(address(claim))
        assert f"经办银行：{rows.NAME}，收款账号" in text_of(page)
        assert rows.ACCOUNT[-4:] in text_of(page)
        assert rows.ACCOUNT not in page.content.decode()
        LoanBankAccount.objects.all().delete()
        assert "收款账号还没有核对" in text_of(sign_in(claim.official().username).get(address(claim)))

    def test_a_wrong_bank_is_replaced_by_somebody_else_until_a_due_rests_on_it(self, walk, claim, bank):
        wrong, official = rows.other(walk.division), claim.official()
        self.listed(claim, wrong)
        with pytest.raises(Conflict, match="其他工作人员") as refused:
            self.listed(claim, bank)
        assert refused.value.code == "other_bank"
        LoanList.objects.update(brought_by=world.user("county-reviewer"))
        self.listed(claim, bank)
        assert Event.objects.filter(action="loans.bank_named").last().data["before"] == wrong.pk
        assert self.granted(walk, claim).bank == bank
        with pytest.raises(Conflict, match="不能再改成") as refused:
            loan_lists_kept.bring(official, sheet(GOOD), claim.later(), wrong.pk)
        assert refused.value.code == "bank_is_owed"
