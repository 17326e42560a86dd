"""Two hands at one change: one settles it, the other is told, and the money adds up."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from benefits.clock import end_phase_outs
from benefits.models import Budget, ChangeOutcome, DueStop, HouseholdChange
from benefits.phase_out.facts import owed
from people.models import User
from people.posts import appoint
from people.refusals import Conflict
from tests import world
from tests.benefits import changed

pytestmark = pytest.mark.postgres_threads


def second_approver(case):
    """A colleague who approves for the same office."""
    user = User.objects.create(username="approver-2", full_name="另一位审批人")
    appoint(user, case.application.decisions.get(kind="grant").office, "approver", changed.NOVEMBER)
    return user.username


def test_a_change_is_settled_by_one_of_two_at_once(race):
    case = world.phase_out_granted(months=6)
    change, household = changed.report(case, changed.told("work_lost")), changed.jobless(case)
    hands = [changed.APPROVER, second_approver(case)]
    results = race(*[lambda who=who: changed.settle(case, change, household, by=who) for who in hands * 2])
    assert sum(isinstance(result, ChangeOutcome) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 3
    assert DueStop.objects.count() == 4
    reserved = Budget.objects.filter(scheme_code="dibao-phase-out").aggregate(all=Sum("reserved"))["all"]
    assert reserved == sum(owed(case.application).values()) == Decimal("1460.00")


def test_a_change_is_reported_once_by_two_at_once(race):
    case = world.phase_out_granted(months=6)
    results = race(*[lambda: changed.report(case)] * 3)
    assert sum(isinstance(result, HouseholdChange) for result in results) == 1
    assert HouseholdChange.objects.count() == 1


def test_two_clocks_at_once_end_it_once(race):
    world.phase_out_granted(months=6)
    over = changed.at_end_of(changed.NOVEMBER.replace(year=2027))
    assert sorted(race(lambda: end_phase_outs(over), lambda: end_phase_outs(over))) == [0, 1]
