"""Two people at once on PostgreSQL: one service, one correction, one number."""

import pytest

from applications import receiving
from approvals.issued import correcting, recording, voiding
from approvals.models import PaperCorrection
from papers.models import Paper, PaperService, PaperVoid
from people.models import User
from people.posts import appoint
from people.refusals import Conflict
from tests import world
from tests.approvals.issuing import APPROVER, REVIEWER, by_hand, granted, proposed, slip_in

pytestmark = pytest.mark.postgres_threads


def conflicts(results):
    return [result for result in results if isinstance(result, Conflict)]


def test_two_who_serve_a_paper_at_once_serve_it_once(race):
    case, paper = granted()
    reviewer, at = world.user(REVIEWER), case.later(1)
    results = race(
        *(
            lambda said=said: recording.record(reviewer, case.public_id, paper.pk, said, at)
            for said in [by_hand(case) for _again in range(3)]
        ),
        lambda: receiving.confirm(case.user, case.public_id, paper.pk, at),
    )
    assert len(conflicts(results)) == 3
    assert PaperService.objects.count() == 1


def test_two_who_propose_at_once_propose_one_correction(race):
    case, paper = granted()
    slip, at = slip_in(case), case.later(1)
    results = race(
        *(
            lambda user=user: correcting.propose(world.user(user), case.public_id, paper.pk, slip, at)
            for user in (REVIEWER, APPROVER, REVIEWER)
        )
    )
    assert len(conflicts(results)) == 2
    assert PaperCorrection.objects.count() == 1


def test_two_who_sign_at_once_issue_one_paper(race):
    case, _paper, proposal = proposed()
    other = User.objects.create(username="second-signer", full_name="第二签发人")
    appoint(other, Paper.objects.get(kind="grant").office, "approver", world.START.date())
    at = case.later(2)
    results = race(
        *(
            lambda user=user: correcting.sign(user, case.public_id, proposal.pk, at)
            for user in [world.user(APPROVER), other] * 2
        )
    )
    assert len(conflicts(results)) == 3
    assert [paper.sequence for paper in Paper.objects.filter(kind="corrigendum")] == [1]


def test_two_who_void_at_once_void_it_once(race):
    case = world.grant().submit().say("accept")
    paper = Paper.objects.get(case_ref=case.public_id, kind="receipt")
    at = case.later(1)
    results = race(
        *(lambda: voiding.void(world.user("school"), case.public_id, paper.pk, "发错了", at) for _again in range(3))
    )
    assert len(conflicts(results)) == 2
    assert PaperVoid.objects.count() == 1
