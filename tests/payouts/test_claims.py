"""What is claimed back is collected: by voucher or set off when somebody decides so, never more than the claim."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benefits import collecting
from benefits.models import Budget, Due, DueStop, RecoveryPayment
from payouts import payable
from payouts.balance import faults
from payouts.following import what_followed
from payouts.models import Repayment
from payouts.returns import claims, repayments
from payouts.returns.year_end import unanswered
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.payouts import return_rows
from tests.payouts.return_rows import claimed, claimed_month, pay_back
from tests.payouts.returned import row, sent, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return world.user("finance-maker")


@pytest.fixture
def checker():
    return world.user("finance-checker")


def test_payments_make_a_claim_smaller_until_nothing_is_left(maker):
    recovery, taken = claimed("600.00")
    at = taken.later(24)
    pay_back(recovery, "200.00", "票001", at)
    pay_back(recovery, "400.00", "票002", at)
    rows = recovery.payments.order_by("sequence")
    assert [(str(one.amount), str(one.left)) for one in rows] == [("-200.00", "400.00"), ("-400.00", "0.00")]
    assert not claims.claims_of(maker, at).exists()
    assert claims.claims_of(maker, at, closed=True).exists()
    assert faults() == []


@pytest.mark.parametrize("amount", ["600.01", "0.00", "-1.00"])
def test_more_than_is_owed_or_nothing_is_refused(amount, maker):
    recovery, taken = claimed("600.00")
    at = taken.later(24)
    with pytest.raises(Invalid) as refusal:
        repayments.enter(maker, recovery.pk, Decimal(amount), at.date(), "票001", at)
    assert "amount" in refusal.value.errors
    assert not Repayment.objects.exists()


@pytest.mark.parametrize("days", [-400, 1])
def test_a_day_before_the_claim_or_after_today_is_refused(days, maker):
    recovery, taken = claimed()
    at = taken.later(24)
    with pytest.raises(Invalid) as refusal:
        repayments.enter(maker, recovery.pk, Decimal("1.00"), at.date() + timedelta(days=days), "票", at)
    assert "on" in refusal.value.errors


def test_the_voucher_is_needed_and_kept_encrypted(maker):
    payment = return_rows.paid_back()
    assert collecting.proof_of(payment) == "票001"
    assert "票001".encode() not in bytes(payment.proof)
    with pytest.raises(Invalid):
        repayments.enter(maker, payment.recovery_id, Decimal("1.00"), payment.received_on, " ", payment.recorded_at)


@pytest.mark.parametrize("typed", ["票001", " 票００１ ", "票 001"])
def test_a_voucher_counts_once_for_a_claim_however_it_is_typed(typed, maker):
    payment = return_rows.paid_back()
    with pytest.raises(Conflict) as refusal:
        repayments.enter(maker, payment.recovery_id, Decimal("1.00"), payment.received_on, typed, payment.recorded_at)
    assert refusal.value.code == "voucher_known"
    assert RecoveryPayment.objects.count() == 1


def test_what_was_entered_counts_only_when_somebody_else_has_looked_at_the_voucher(maker, checker):
    entry = return_rows.entered()
    assert entry.recovery.payments.count() == 0
    assert repayments.waiting_of(checker, entry.entered_at).get() == entry
    payment = repayments.check(checker, entry.pk, accepted=True, reason="", at=entry.entered_at)
    assert (payment.amount, payment.by, Repayment.objects.get().payment) == (Decimal("-200.00"), maker, payment)
    assert faults() == []


def test_what_does_not_agree_with_the_voucher_never_counts_and_can_be_entered_anew(maker, checker):
    entry = return_rows.entered()
    at = entry.entered_at
    with pytest.raises(Invalid):
        repayments.check(checker, entry.pk, accepted=False, reason=" ", at=at)
    assert repayments.check(checker, entry.pk, accepted=False, reason="凭证是另一笔。", at=at) is None
    assert entry.recovery.payments.count() == 0
    assert repayments.enter(maker, entry.recovery_id, Decimal("150.00"), at.date(), "票001", at).state == "waiting"


def test_neither_who_entered_it_nor_a_maker_looks_at_it(maker, checker):
    entry = return_rows.entered()
    with refused(Refused) as refusal:
        repayments.check(maker, entry.pk, accepted=True, reason="", at=entry.entered_at)
    assert refusal.value.code == "other_role"
    own = repayments.enter(checker, entry.recovery_id, Decimal("1.00"), entry.received_on, "票9", entry.entered_at)
    with refused(Refused) as refusal:
        repayments.check(checker, own.pk, accepted=True, reason="", at=entry.entered_at)
    assert refusal.value.code == "four_eyes"


def test_it_is_looked_at_once_and_by_the_bureau_that_paid(checker):
    entry = return_rows.entered()
    with refused(NotFound):
        repayments.check(world.user("other-county"), entry.pk, accepted=True, reason="", at=entry.entered_at)
    repayments.check(checker, entry.pk, accepted=True, reason="", at=entry.entered_at)
    with refused(NotFound):
        repayments.check(checker, entry.pk, accepted=True, reason="", at=entry.entered_at)


def test_all_that_waits_together_is_not_more_than_the_claim(maker):
    entry = return_rows.entered()
    with pytest.raises(Invalid):
        repayments.enter(maker, entry.recovery_id, Decimal("400.01"), entry.received_on, "票2", entry.entered_at)


def test_a_voucher_that_cannot_be_read_is_not_looked_at(checker):
    entry = return_rows.entered()
    Repayment.objects.filter(pk=entry.pk).update(proof=b"x")
    with refused(Conflict):
        repayments.check(checker, entry.pk, accepted=True, reason="", at=entry.entered_at)


def test_payments_are_never_edited():
    payment = return_rows.paid_back()
    with pytest.raises(DatabaseError), transaction.atomic():
        RecoveryPayment.objects.filter(pk=payment.pk).update(proof=b"x")


def test_claims_are_for_the_bureau_that_paid():
    recovery, taken = claimed()
    for name in ("other-county", "prefecture-approver", "applicant"):
        with pytest.raises(NotFound):
            repayments.enter(world.user(name), recovery.pk, Decimal("1.00"), taken.at.date(), "票", taken.at)


def test_a_later_due_is_set_off_when_a_checker_decides_so(checker, maker):
    recovery, case = claimed_month()
    due = claims.offsettable(checker, recovery, case.at).last()
    reserved = Budget.objects.get(pk=due.budget_id).reserved
    with pytest.raises(Refused):
        claims.set_off(maker, recovery.pk, due.pk, "本人同意", case.at)
    payment = claims.set_off(checker, recovery.pk, due.pk, "本人书面同意抵扣。", case.at)
    assert (payment.kind, payment.amount, payment.left) == ("set_off", -due.amount, 0)
    assert DueStop.objects.get().due == due
    assert Budget.objects.get(pk=due.budget_id).reserved == reserved - due.amount
    assert "已抵扣追回款" in [one.status for one in what_followed(case.application).payments]
    assert faults() == []


def test_what_is_over_the_claim_is_owed_still(checker, maker):
    recovery, case = claimed_month()
    pay_back(recovery, recovery.amount - Decimal("1.00"), "票", case.at)
    due = claims.offsettable(checker, recovery, case.at).last()
    claims.set_off(checker, recovery.pk, due.pk, "同意", case.at)
    again = case.application.dues.get(period=due.period, sequence=2)
    assert again.amount == due.amount - Decimal("1.00")
    assert faults() == []


def test_what_was_paid_back_and_waits_to_be_checked_is_not_set_off_too(checker, maker):
    recovery, case = claimed_month()
    day = timezone.localdate(case.at)
    waiting = repayments.enter(maker, recovery.pk, recovery.amount - Decimal("1.00"), day, "票", case.at)
    due = claims.offsettable(checker, recovery, case.at).last()
    payment = claims.set_off(checker, recovery.pk, due.pk, "同意", case.at)
    assert (payment.amount, payment.left) == (Decimal("-1.00"), recovery.amount - Decimal("1.00"))
    repayments.check(checker, waiting.pk, accepted=True, reason="", at=case.at)
    assert recovery.payments.latest("sequence").left == 0
    assert faults() == []


def test_nothing_is_set_off_while_all_that_is_owed_waits_to_be_checked(checker, maker):
    recovery, case = claimed_month()
    repayments.enter(maker, recovery.pk, recovery.amount, timezone.localdate(case.at), "票", case.at)
    due = claims.offsettable(checker, recovery, case.at).last()
    with refused(Conflict):
        claims.set_off(checker, recovery.pk, due.pk, "同意", case.at)
    assert not DueStop.objects.exists()


@pytest.mark.postgres_threads
def test_the_cases_of_the_claim_and_of_the_due_are_locked_together_by_number(checker, monkeypatch):
    other = world.granted(5).application
    recovery, case = claimed_month()
    dues = Due.objects.filter(application=other).select_related("application", "budget")
    monkeypatch.setattr(claims, "offsettable", lambda *_: dues)
    with CaptureQueriesContext(connection) as told_of:
        claims.set_off(checker, recovery.pk, dues.get().pk, "同意", case.at)
    locks = [query["sql"] for query in told_of.captured_queries if "FOR NO KEY UPDATE" in query["sql"]]
    first = next(sql for sql in locks if 'FROM "applications_application"' in sql)
    assert (
        f"IN ({recovery.application_id}, {other.pk})" in first or f"IN ({other.pk}, {recovery.application_id})" in first
    )
    assert " ORDER BY 1 ASC FOR NO KEY UPDATE" in first


def test_nobody_else_s_due_is_set_off(checker):
    recovery, case = claimed_month()
    other = world.granted(5).application.dues.get()
    with pytest.raises(NotFound):
        claims.set_off(checker, recovery.pk, other.pk, "同意", case.at)


def test_nothing_is_set_off_by_itself(checker):
    recovery, case = claimed_month()
    assert not recovery.payments.exists()
    assert payable.payable_sums(world.finance(), world.year_later(case.at))["dibao-phase-out"].lines == 5


def test_the_year_s_end_lists_what_was_sent_and_never_answered():
    batch, _cases = sent(0, 5)
    year = batch.exported_at.year
    assert [one.line for one in unanswered(["532500"], year)] == [1, 2]
    told(batch, row(batch, 1))
    assert [one.line for one in unanswered(["532500"], year)] == [2]
    assert not unanswered(["532500"], year - 1).exists()
    assert not unanswered(["532501"], year).exists()
    told(batch, row(batch, 2, "失败", "销户"), days=5)
    assert not unanswered(["532500"], year).exists()
