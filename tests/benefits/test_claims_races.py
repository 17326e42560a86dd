"""Two decisions at once about the same months: one is made, the other is told which case has them."""

import pytest

from benefits.models import ClaimedMonth, Due, Entitlement
from people.refusals import Conflict
from tests.benefits import claimed

pytestmark = pytest.mark.postgres_threads


def test_the_same_month_is_granted_once_by_two_at_once(race):
    claimed.publish()
    first, second = claimed.before("2026-06-01", 2), claimed.before("2026-07-01", 1)
    results = race(lambda: first.say("grant"), lambda: second.say("grant"))
    [refused] = [result for result in results if isinstance(result, Exception)]
    assert (type(refused), refused.code) == (Conflict, "given_already")
    assert ClaimedMonth.objects.filter(month="2026-07-01").count() == Due.objects.count() == 1


def test_the_last_months_are_granted_once_by_two_at_once(race):
    claimed.publish()
    claimed.granted("2026-01-01", 4)
    claims = [claimed.before("2026-05-01", 2), claimed.before("2026-07-01", 2)]
    results = race(*[lambda case=case: case.say("grant") for case in claims])
    [refused] = [result for result in results if isinstance(result, Exception)]
    assert (type(refused), refused.code) == (Conflict, "months_used_up")
    assert (Entitlement.objects.get().state, len(claimed.months())) == ("exhausted", 6)


def test_the_next_period_is_begun_once_by_two_clicks(race):
    claimed.publish()
    case = claimed.granted("2026-05-01", 1)
    results = race(*[lambda: claimed.begun(case).public_id] * 3)
    assert len(set(results)) == 1
