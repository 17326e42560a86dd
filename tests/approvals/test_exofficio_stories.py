"""The demonstration shows an ex officio case that was answered, and a complaint that waits."""

import pytest

from approvals.models import Complaint, Proceeding
from project.demo import oversight_stories
from tests import world

pytestmark = pytest.mark.django_db


def test_a_grant_that_was_taken_up_waits_to_be_weighed():
    case = oversight_stories.taken_up(world.cast())
    proceeding = Proceeding.objects.get(about=case.application)
    assert proceeding.statement_at is not None
    assert world.open_item(proceeding.application).paused_at is None


def test_a_refusal_complained_of_waits_for_an_answer():
    case = oversight_stories.complained(world.cast())
    assert Complaint.objects.get(application=case.application).result == ""
