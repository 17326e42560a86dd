"""Two hands at one waiver at once: one outcome, and the other reads so."""

from decimal import Decimal

import pytest

from approvals.exofficio import deciding
from approvals.waivers import acting
from benefits.models import Waiver, WaiverCheck, WaiverRefund
from benefits.waivers.changes import Answered
from benefits.waivers.checks import Found
from benefits.waivers.clock import remind_checks
from benefits.waivers.refunds import Refunded, refunded
from people.refusals import Conflict, Invalid, Refused
from tests import world
from tests.benefits import waived
from tests.stages import speak

pytestmark = pytest.mark.postgres_threads
WELL = Found(same_holder=True, in_person=True, certificate_valid=True, result="ok", words="到店核对。")


def kinds(results):
    """How many did it, and what the others were told."""
    done = [one for one in results if not isinstance(one, Exception)]
    return len(done), {type(one) for one in results if isinstance(one, Exception)}


def test_an_agreement_is_confirmed_once(race):
    case = waived.granted()
    results = race(*[lambda: speak(world.user(waived.CENTRE), case, "confirm")] * 3)
    assert kinds(results)[0] == 1
    assert Waiver.objects.get().state == "in_force"


def test_refunds_at_once_never_add_up_to_more_than_is_owed(race):
    case = waived.in_force()
    at, centre = case.later(24), world.user(waived.CENTRE)

    def told(number):
        refund = Refunded(Decimal("4000.00"), at.date(), f"TK-{number}")
        return lambda: acting.confirm_refund(centre, case.public_id, refund, at)

    done, refusals = kinds(race(*[told(number) for number in range(4)]))
    assert (done, refusals) == (2, {Invalid})
    assert refunded(Waiver.objects.get()) == Decimal("8000.00")


def test_the_same_refund_told_twice_at_once_is_written_once(race):
    case = waived.in_force()
    at, centre = case.later(24), world.user(waived.CENTRE)
    refund = Refunded(Decimal("4000.00"), at.date(), "TK-1")
    done, refusals = kinds(race(*[lambda: acting.confirm_refund(centre, case.public_id, refund, at)] * 3))
    assert (done, refusals) == (1, {Invalid})
    assert WaiverRefund.objects.count() == 1


def test_a_check_is_written_down_once(race):
    case = waived.in_force()
    at, hands = case.later(24), [world.user(waived.CENTRE), world.user(waived.REVIEWER)]
    results = race(*[lambda who=who: acting.check(who, case.public_id, WELL, at) for who in hands])
    assert kinds(results) == (1, {Conflict})
    assert WaiverCheck.objects.count() == 1


def test_a_revival_is_decided_once(race):
    case = waived.in_force()
    taken = waived.revival(case).tell().state().weigh()
    at = taken.later()

    def decide():
        return deciding.decide(taken.approver, taken.public_id, "impose", "依据充分。", at)

    done, refusals = kinds(race(*[decide] * 2))
    assert (done, refusals) == (1, {Conflict})
    assert Waiver.objects.get().state == "revived"


def test_ended_by_wish_or_revived_but_not_both(race):
    case = waived.in_force()
    taken = waived.revival(case).tell().state().weigh()
    change = waived.report(case, "wish")
    at, reviewer = max(taken.later(), case.later()), world.user(waived.REVIEWER)
    wish = Answered("ended", "电话核实。")
    results = race(
        lambda: acting.answer(reviewer, case.public_id, change.pk, wish, at),
        lambda: deciding.decide(taken.approver, taken.public_id, "impose", "依据充分。", at),
    )
    done, refusals = kinds(results)
    assert done == 1
    assert refusals <= {Conflict, Refused}
    assert Waiver.objects.get().state in {"ended", "revived"}


def test_two_clocks_at_once_remind_once(race):
    case = waived.in_force()
    near = world.year_later(case.at)
    assert sorted(race(lambda: remind_checks(near), lambda: remind_checks(near))) == [0, 1]
