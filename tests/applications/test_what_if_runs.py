"""A draft tried on real cases: which cases, who may, what is counted, and what becomes of a run."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import jobs, what_if_acts, what_if_work
from applications.models import WhatIfChange, WhatIfRun, WhatIfSum
from audit.models import Event
from people import vault
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.applications.policy_drafts import FIRST, LAST, closed, county_editor, draft_value, draft_version
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
MENGZI, KAIYUAN = "532503", "532502"


def start(proposal, user="policy-editor", begins=FIRST, ends=LAST, **more):
    person = world.user(user) if isinstance(user, str) else user
    run = what_if_acts.start(person, proposal.pk, begins, ends, world.START, **more)
    run.refresh_from_db()
    return run


@pytest.fixture
def later(monkeypatch):
    """Jobs wait: nothing runs until the test lets it."""
    queued = []
    monkeypatch.setattr(jobs.run_what_if, "enqueue", queued.append, raising=False)
    monkeypatch.setattr("applications.jobs.run_what_if", type("Task", (), {"enqueue": staticmethod(queued.append)}))
    return queued


@pytest.fixture
def cases():
    """Three cases in Mengzi and one in Kaiyuan, filed in September."""
    found = [world.grant(n).submit() for n in (0, 2, 4)]
    return [*found, world_case_in(KAIYUAN)]


def world_case_in(county, n=11):
    from project.demo import stories

    return stories.grant_case(world.cast(n, county)).submit()


def test_a_run_counts_what_changes_and_the_money(cases, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = start(draft_value())
    run.refresh_from_db()
    assert (run.state, run.total, run.done, run.left_out) == ("done", 4, 4, 0)
    rows = list(WhatIfSum.objects.filter(run=run).order_by("county"))
    assert [(row.county, row.cases, row.changed) for row in rows] == [(KAIYUAN, 1, 1), (MENGZI, 3, 3)]
    assert sum(row.amount_before for row in rows) == Decimal("4000.00")
    assert sum(row.amount_after for row in rows) == Decimal("4800.00")
    assert set(WhatIfChange.objects.values_list("number", flat=True)) == {case.application.number for case in cases}
