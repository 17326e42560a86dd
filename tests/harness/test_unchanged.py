"""The look at every table notices a change."""

import pytest

from applications.models import Application
from people.refusals import Conflict, Refused
from tests import world
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


def test_a_refusal_that_left_a_trace_is_noticed():
    world.grant()

    def act():
        Application.objects.update(for_other=True)
        raise Conflict

    with pytest.raises(AssertionError), refused(Conflict):
        act()


def test_an_act_that_is_not_refused_is_noticed():
    with pytest.raises(pytest.fail.Exception), refused(Conflict):
        pass


@pytest.mark.parametrize("expected, code", [(Refused, ""), (Conflict, "stale")])
def test_a_refusal_of_another_kind_is_noticed(expected, code):
    with pytest.raises(AssertionError), refused(expected, code):
        raise Conflict


def test_a_plain_refusal_passes():
    with refused(Conflict, "conflict"):
        raise Conflict
