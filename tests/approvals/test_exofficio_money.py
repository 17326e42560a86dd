"""What a measure does to money: dues are stopped or lowered by rows beside them, and every yuan stays accounted for."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from approvals.exofficio.clock import end_terms
from benefits.models import Budget, Due, DueStop, Recovery
from payouts import batching
from payouts.payable import payable
from people.posts import appoint
from people.refusals import Conflict, Invalid, Refused
from project.demo import money
from tests import world
from tests.approvals import exofficio

pytestmark = pytest.mark.django_db
SCHEME = "grad-jobseeking"


def owed(scheme):
    rows = Due.objects.filter(scheme_code=scheme, stop__isnull=True)
    return rows.aggregate(all=Sum("amount"))["all"] or Decimal("0.00")


def reserved(scheme):
    return Budget.objects.filter(scheme_code=scheme).aggregate(all=Sum("reserved"))["all"]


def paid():
    case = world.granted()
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    money.pay(users, SCHEME, case.later(), until="exported")
    return case


def about_paid(kind):
    return exofficio.Taken(paid(), kind, reviewer="prefecture-reviewer", approver="prefecture-approver")


class TestStopping:
    def test_months_from_that_day_on_are_stopped_and_those_before_are_still_owed(self):
        taken = exofficio.about_phase_out().tell(effective_on=date(2026, 12, 1)).state().weigh().decide()
        months = list(Due.objects.filter(stop__isnull=True).values_list("period", flat=True))
        assert months == ["2026-10", "2026-11"]
        assert taken.granted.application.phase_out.state == "terminated"
        assert taken.granted.application.state == "granted"

    def test_what_is_reserved_is_what_is_still_owed(self):
        exofficio.about_phase_out().tell(effective_on=date(2026, 12, 1)).state().weigh().decide()
        assert reserved("dibao-phase-out") == owed("dibao-phase-out")

    def test_a_stopped_due_is_never_payable(self):
        taken = exofficio.about_grant("stop").tell().state().weigh().decide()
        assert DueStop.objects.filter(due__application=taken.granted.application).exists()
        assert not payable(world.finance(), SCHEME, world.year_later(taken.at)).exists()

    def test_while_a_batch_is_not_approved_nothing_is_decided(self):
        taken = exofficio.about_grant("stop").tell().state().weigh()
        batching.make(world.user("finance-maker"), world.finance(), SCHEME, taken.at)
        with pytest.raises(Conflict) as conflict:
            taken.decide()
        assert conflict.value.code == "in_a_batch"
        assert taken.application.state == "in_review"


class TestLowering:
    def test_each_payment_from_that_day_on_is_lower(self):
        taken = exofficio.about_phase_out("reduce").tell("100.00", date(2026, 12, 1)).state().weigh().decide()
        dues = Due.objects.filter(application=taken.granted.application, stop__isnull=True)
        lowered = dues.filter(payable_from__gte=date(2026, 12, 1))
        assert set(lowered.values_list("amount", flat=True)) == {Decimal("100.00")}
        assert set(lowered.values_list("sequence", flat=True)) == {2}
        assert reserved("dibao-phase-out") == owed("dibao-phase-out")

    def test_not_to_more_than_it_is_now(self):
        taken = exofficio.about_phase_out("reduce")
        with pytest.raises(Invalid) as refused:
            taken.tell("99999.00")
        assert "amount" in refused.value.errors


class TestRecovering:
    def test_what_was_paid_is_claimed_back_and_the_grant_stands(self):
        taken = about_paid("recover").tell("400.00").state().weigh().decide()
        claim = Recovery.objects.get(application=taken.granted.application)
        assert (claim.amount, claim.decided_in) == (Decimal("400.00"), taken.application)
        assert taken.granted.application.state == "granted"

    def test_not_more_than_was_paid(self):
        taken = about_paid("recover")
        with pytest.raises(Invalid) as refused:
            taken.tell("1000.01")
        assert "amount" in refused.value.errors

    def test_a_revocation_can_ask_for_what_was_paid(self):
        taken = about_paid("revoke").tell("1000.00").state().weigh().decide()
        assert taken.granted.application.state == "revoked"
        assert Recovery.objects.get().amount == Decimal("1000.00")

    def test_nothing_is_claimed_back_where_nothing_was_paid(self):
        with pytest.raises(Invalid) as refused:
            exofficio.about_grant("recover")
        assert "kind" in refused.value.errors


class TestWhoDecides:
    def test_whoever_proposed_it_does_not_decide_it(self):
        taken = exofficio.about_grant().tell().state().weigh()
        office = taken.proceeding.about.decisions.get(kind="grant").office
        appoint(taken.reviewer, office, "approver", date(2020, 1, 1))
        with pytest.raises(Refused):
            taken.decide(user=taken.reviewer)

    def test_silence_lets_the_case_go_on_when_the_term_is_over(self):
        taken = exofficio.about_grant().tell()
        assert end_terms(taken.at) == 0
        taken.later(24 * 9)
        assert end_terms(taken.at) == 1
        assert end_terms(taken.at) == 0
        taken.weigh(answer="").decide()
        assert taken.application.state == "concluded"

    def test_two_of_one_kind_are_not_under_way_at_once(self):
        taken = exofficio.about_grant()
        with pytest.raises(Conflict):
            exofficio.Taken(taken.granted, "revoke", reviewer="prefecture-reviewer", approver="prefecture-approver")

    def test_a_hearing_that_was_asked_for_is_accounted_for(self):
        taken = exofficio.about_grant().tell().state(wants_hearing=True)
        with pytest.raises(Invalid) as refused:
            taken.weigh()
        assert "hearing" in refused.value.errors
        taken.answer_request()
        with pytest.raises(Invalid):
            taken.weigh()
        taken.weigh(held="10月20日举行听证，未提出新的证据。")
