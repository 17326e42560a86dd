"""Whatever anybody does to a case in whatever order, money, route, state, stamps and audit trail agree."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.random_acts import RandomActs

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("plain_papers")]
FEW = settings(
    max_examples=15,
    stateful_step_count=20,
    derandomize=True,  # the same acts in every run: a fault found here is found again
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("_own_house")
def test_random_acts_leave_nothing_at_odds():
    run_state_machine_as_test(RandomActs, settings=FEW)
