"""What came back: the account corrected by the applicant, checked by another, paid once more; or not owed any more."""

from decimal import Decimal

import pytest
from django.utils import timezone

from applications import answers, door, messages
from audit.models import Event
from benefits import collecting, stopping
from benefits.models import Budget, Due, DueStop, Recovery
from payouts import batching, files, payable
from payouts.balance import faults
from payouts.models import Payout, ReturnResult
from payouts.returns import accounts, grounds, repayments
from people import vault
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo import money
from tests import world
from tests.approvals.exofficio import Taken
from tests.payouts import return_rows
from tests.payouts.return_rows import ACCOUNT, BANK, keyed, returned
from tests.payouts.returned import after, row, sent, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def checker():
    return world.user("finance-checker")


def pay(payout, at):
    """Seal and approve the batch of a payout."""
    batch = batching.seal(world.user("finance-maker"), payout.batch.number, at)
    return batching.approve(world.user("finance-checker"), batch.number, at)


def test_the_applicant_types_the_account_and_it_is_kept_encrypted():
    correction = keyed()
    assert ACCOUNT.encode() not in bytes(correction.account)
    assert accounts.clear(correction) == accounts.Clear(ACCOUNT, BANK, "")
    assert answers.read(correction.application)["account"] != ACCOUNT


def test_only_the_applicant_of_the_case_types_it():
    payout, case = returned()
    for name in ("applicant2", "finance-maker", "county-approver"):
        with pytest.raises(NotFound):
            accounts.key_in(world.user(name), case.public_id, ACCOUNT, BANK, after(payout.batch, 4))


def test_no_account_is_taken_where_nothing_came_back_or_one_waits():
    batch, [case] = sent()
    with pytest.raises(Conflict):
        accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, after(batch))
    told(batch, row(batch, 1, "失败", "销户"))
    accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, after(batch))
    with pytest.raises(Conflict):
        accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, after(batch))


def test_officials_of_the_case_and_strangers_do_not_check_it():
    correction = keyed()
    for name in ("applicant", "prefecture-approver", "other-county"):
        with pytest.raises(NotFound):
            accounts.check(world.user(name), correction.pk, True, "", correction.keyed_at)


def test_who_typed_it_does_not_check_it(checker):
    correction = keyed()
    type(correction).objects.filter(pk=correction.pk).update(keyed_by=checker)
    with pytest.raises(Refused) as refusal:
        accounts.check(checker, correction.pk, True, "", correction.keyed_at)
    assert refusal.value.code == "four_eyes"


def test_a_checked_account_is_used_and_the_payee_is_known_by_it(checker):
    correction = keyed()
    accounts.check(checker, correction.pk, True, "", correction.keyed_at)
    application = type(correction.application).objects.get(pk=correction.application_id)
    assert answers.read(application)["account"] == ACCOUNT
    assert vault.decrypt(application.payee.data_key, application.payee.account, "account") == ACCOUNT
    assert payable.payable_sums(world.finance(), correction.keyed_at)["grad-jobseeking"].lines == 1


def test_an_account_that_was_not_accepted_says_why_and_is_typed_again(checker):
    correction = keyed()
    with pytest.raises(Invalid):
        accounts.check(checker, correction.pk, False, " ", correction.keyed_at)
    accounts.check(checker, correction.pk, False, "开户行不存在", correction.keyed_at)
    assert payable.payable_sums(world.finance(), correction.keyed_at) == {}
    assert accounts.wanted(correction.application)
    assert accounts.clear(accounts.last_of(correction.application)).reason == "开户行不存在"


def test_an_account_is_checked_once(checker):
    correction = keyed()
    accounts.check(checker, correction.pk, True, "", correction.keyed_at)
    with pytest.raises(NotFound):
        accounts.check(world.user("finance-maker"), correction.pk, False, "x", correction.keyed_at)


def test_what_came_back_is_paid_again_in_a_new_batch_linked_to_the_first():
    correction = keyed()
    again = return_rows.reissue(correction)
    first = Payout.objects.get(state="returned")
    assert (again.reissues, again.due) == (first, first.due)
    batch = pay(again, correction.keyed_at)
    first.refresh_from_db()
    assert first.state == "reissued"
    [line] = files.rows_of(batch)
    assert (line.account, line.bank) == (ACCOUNT, BANK)
    envelope = Budget.objects.get(pk=first.due.budget_id)
    assert envelope.committed == batch.total
    assert faults() == []


def test_what_came_back_can_be_taken_up_again_after_its_new_batch_was_discarded():
    correction = keyed()
    again = return_rows.reissue(correction)
    batching.discard(world.user("finance-maker"), again.batch.number, "有误", correction.keyed_at)
    batch = batching.make(world.user("finance-maker"), world.finance(), "", correction.keyed_at)
    assert batch.payouts.get().reissues == Payout.objects.get(state="returned")


def test_what_came_back_twice_waits_for_a_third_account():
    correction = keyed()
    batch = pay(return_rows.reissue(correction), correction.keyed_at)
    batch = batching.export(world.user("finance-checker"), batch.number, "csv", correction.keyed_at)[0]
    told(batch, row(batch, 1, "失败", "销户"))
    assert accounts.wanted(correction.application)
    assert payable.payable_sums(world.finance(), after(batch, 5)) == {}
    assert faults() == []


def test_money_that_comes_back_after_the_grant_was_revoked_is_stopped_and_taken_off_the_claim():
    batch, [case] = sent()
    taken = Taken(case, "revoke", reviewer="prefecture-reviewer", approver="prefecture-approver")
    taken.tell("1000.00").state().weigh().decide()
    told(batch, row(batch, 1, "失败", "销户"), days=60)
    assert DueStop.objects.get().application == taken.application
    assert [(str(one.amount), str(one.left), one.kind) for one in Recovery.objects.get().payments.all()] == [
        ("-1000.00", "0.00", "returned")
    ]
    assert payable.payable_sums(world.finance(), after(batch, 90)) == {}
    assert not accounts.wanted(case.application)
    assert Budget.objects.get(pk=Due.objects.get().budget_id).reserved == 0
    assert faults() == []


def test_money_that_comes_back_after_the_benefit_was_stopped_from_an_earlier_day_is_stopped():
    batch, [case] = sent()
    due = Due.objects.get()
    taken = Taken(case, "revoke", reviewer="prefecture-reviewer", approver="prefecture-approver")
    taken.tell().state().weigh().decide()
    taken.proceeding.about.proceedings.update(kind="stop", effective_on=due.payable_from)
    told(batch, row(batch, 1, "失败", "销户"), days=60)
    assert DueStop.objects.get().due == due
    assert faults() == []


def first_month_sent(case):
    """The batch of the first month of a phase-out, with the bank."""
    first = case.application.dues.earliest("payable_from")
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    at = case.at.replace(year=first.payable_from.year, month=first.payable_from.month, day=2)
    return money.pay(users, "dibao-phase-out", at)


def reduced_then_returned():
    """The first month was sent and its sum lowered meanwhile; then the bank sent it back."""
    case = world.phase_out_granted()
    batch = first_month_sent(case)
    first = batch.payouts.get().due
    case.at = after(batch, 1)
    taken = Taken(case, "reduce", reviewer="county-reviewer", approver="county-approver")
    taken.tell("100.00", first.payable_from).state().weigh().decide()
    told(batch, row(batch, 1, "失败", "账号不存在"), days=60)
    return batch, case


def test_an_account_is_asked_for_while_other_money_of_the_case_waits_though_what_came_back_was_stopped(checker):
    batch, case = reduced_then_returned()
    assert DueStop.objects.filter(due=batch.payouts.get().due).exists()
    assert payable.payable_sums(world.finance(), after(batch, 90)) == {}
    assert accounts.wanted(case.application)
    correction = accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, after(batch, 61))
    assert not accounts.wanted(case.application)
    accounts.check(checker, correction.pk, True, "", after(batch, 62))
    assert not accounts.wanted(case.application)
    assert payable.payable_sums(world.finance(), after(batch, 90))["dibao-phase-out"].lines > 1
    assert faults() == []


def test_who_gets_a_sum_no_more_is_told_that_the_others_wait_for_the_account(monkeypatch):
    case = world.phase_out_granted()
    batch = first_month_sent(case)

    def stopped(due, user, at):
        stopping.stop(door.Case(due.application, None, user, at), [due])
        return "stopped"

    monkeypatch.setattr(grounds, "catch_up", stopped)
    told(batch, row(batch, 1, "失败", "账号不存在"))
    [(_message, words)] = messages.thread(case.application)
    assert "不再发放" in words
    assert "更正" in words


def test_a_return_is_confirmed_though_the_key_of_its_case_is_destroyed():
    batch, [case] = sent()
    vault.destroy(case.application.data_key, after(batch))
    told(batch, row(batch, 1, "失败", "销户"))
    result = ReturnResult.objects.get()
    assert (result.payout.state, bytes(result.reason)) == ("returned", b"")
    assert messages.thread(case.application) == []


def test_a_revocation_after_a_stop_takes_what_came_back_off_its_claim():
    case = world.phase_out_granted()
    batch = first_month_sent(case)
    for kind, amount in (("stop", None), ("revoke", str(batch.total))):
        taken = Taken(case, kind, reviewer="county-reviewer", approver="county-approver")
        taken.tell(amount, batch.payouts.get().due.payable_from).state().weigh().decide()
        case.at = taken.at
    told(batch, row(batch, 1, "失败", "账号不存在"), days=(case.at - batch.exported_at).days + 1)
    [claim] = Recovery.objects.all()
    assert collecting.left_of(claim) == 0
    assert faults() == []


class TestWhatWaitsForItsSecondPerson:
    """Money comes back from the bank while an entry of the same claim's repayment waits to be looked at."""

    PART = Decimal("30.00")

    @pytest.fixture
    def caught(self):
        """A claim for a month that is with the bank, an entry that waits, and the bank's word that nothing was paid."""
        case = world.phase_out_granted()
        batch = first_month_sent(case)
        taken = Taken(case, "revoke", reviewer="county-reviewer", approver="county-approver")
        taken.tell(str(batch.total), batch.payouts.get().due.payable_from).state().weigh().decide()
        [claim] = Recovery.objects.all()
        day = timezone.localdate(taken.at)
        waiting = repayments.enter(world.user("finance-maker"), claim.pk, self.PART, day, "票", taken.at)
        told(batch, row(batch, 1, "失败", "账号不存在"), days=(taken.at - batch.exported_at).days + 1)
        return claim, waiting, taken.later(48)

    def test_what_waits_is_left_out(self, caught):
        claim, _waiting, _at = caught
        assert collecting.left_of(claim) == self.PART
        assert faults() == []

    def test_it_can_be_counted_and_what_was_paid_twice_is_told(self, caught, checker):
        claim, waiting, at = caught
        repayments.check(checker, waiting.pk, accepted=True, reason="", at=at)
        assert collecting.left_of(claim) == 0
        assert Event.objects.filter(action="recovery.overpaid", data__repayment=waiting.pk).exists()
        assert faults() == []

    def test_once_it_was_turned_down_the_rest_is_taken_off_too(self, caught, checker):
        claim, waiting, at = caught
        repayments.check(checker, waiting.pk, accepted=False, reason="凭证不符", at=at)
        assert collecting.left_of(claim) == 0
        assert not Event.objects.filter(action="recovery.overpaid").exists()
        assert faults() == []
