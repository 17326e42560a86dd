"""Visits and dossiers at once on PostgreSQL: one photo, one report, one visit, one seal with one number."""

import uuid
from datetime import timedelta

import pytest

from approvals.dossiers import sealing
from approvals.models import Visit, VisitPhoto
from approvals.visits import photos, planning, reporting
from audit.models import Event
from papers.models import Paper
from people.models import User
from people.posts import appoint
from people.refusals import Conflict
from tests import world
from tests.approvals.filing_batches import SEALER, minuted, office
from tests.approvals.visiting import colleague, picture, planned, said

pytestmark = pytest.mark.postgres_threads


def test_the_same_photo_and_report_sent_many_times_at_once_are_one_of_each(race):
    case, visit = planned()
    both, token = (visit.first_official, visit.second_official), uuid.uuid4()
    sent = [photos.Sent(token, picture()) for _again in range(6)]
    results = race(
        *(lambda one=one, n=n: photos.add(both[n % 2], visit.pk, one, case.at) for n, one in enumerate(sent))
    )
    assert len({result.pk for result in results}) == 1
    assert VisitPhoto.objects.count() == 1
    reports = [said(case.at, token=token) for _again in range(6)]
    results = race(
        *(lambda one=one, n=n: reporting.report(both[n % 2], visit.pk, one, case.at) for n, one in enumerate(reports))
    )
    assert {result.state for result in results} == {"made"}
    assert Event.objects.filter(action="visit.reported").count() == 1


def test_two_who_plan_the_same_case_at_once_plan_one_visit(race):
    case = world.grant(0).submit()
    item, first = case.item(), case.official()
    second = colleague(item.queue.office, role="clerk")
    third = colleague(item.queue.office, "visit-third")
    on = case.at.date() + timedelta(days=1)
    results = race(
        *(lambda one=one: planning.plan_one(one, item.pk, third, on, case.at) for one in (first, second, first))
    )
    assert sum(isinstance(result, Visit) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Conflict)} == {"already_planned"}


def test_two_who_seal_at_once_make_one_paper_with_one_number(race):
    (_case,), dossier, at = minuted()
    other = User.objects.create(username="second-sealer", full_name="第二封卷人")
    appoint(other, office(), "approver", world.START.date())
    users = [world.user(SEALER), other] * 3
    results = race(*(lambda user=user: sealing.seal(user, dossier.pk, at) for user in users))
    assert sum(isinstance(result, Conflict) for result in results) == 5
    assert [paper.sequence for paper in Paper.objects.filter(kind="dossier")] == [1]
