"""Bulk runs: one page is one run, a run ends once, and one that broke off goes on where it stopped."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from approvals import decide
from approvals.bulk import jobs, runs, starting, work
from approvals.models import BulkRun, Decision
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound
from tests import stages, world
from tests.approvals.bulk_cases import APPROVER, breaks_once, chosen, ready, results, started, unqueued, worked
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unqueued(monkeypatch):
    unqueued(monkeypatch)


@pytest.fixture
def approver():
    return world.user(APPROVER)


class TestStartAndEnd:
    """One page is one run; a run ends once."""

    def test_the_same_page_sent_twice_is_one_run(self, approver):
        cases = ready(1)
        choice, token = chosen(cases), uuid4()
        first, second = (starting.start(approver, choice, "grant", "", token, cases[0].at) for _click in "12")
        assert first.pk == second.pk
        assert BulkRun.objects.count() == 1
        assert Event.objects.filter(action="bulk.started").count() == 1

    def test_an_outcome_nothing_fits_is_refused_beside_its_field(self, approver):
        cases = ready(1)
        choice = chosen(cases)
        with refused(Invalid) as caught:
            starting.start(approver, choice, "accept", "", uuid4(), cases[0].at)
        assert set(caught.value.errors) == {"outcome"}

    def test_a_run_queues_its_job(self, approver, monkeypatch, django_capture_on_commit_callbacks):
        monkeypatch.undo()
        cases = ready(2)
        choice = chosen(cases)
        with django_capture_on_commit_callbacks(execute=True):
            run = starting.start(approver, choice, "grant", "", uuid4(), cases[0].at)
        run.refresh_from_db()
        assert (run.state, run.done) == ("done", 2)

    def test_a_cancelled_run_does_nothing_more(self, approver, monkeypatch):
        cases, note = ready(3), work._note
        run = started(cases)

        def cancelled_after_the_first(*args):
            note(*args)
            runs.cancel(approver, run.pk, world.START)

        monkeypatch.setattr(work, "_note", cancelled_after_the_first)
        assert not work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.done) == ("cancelled", 1)
        assert [case.application.state for case in cases] == ["granted", "in_review", "in_review"]

    def test_a_case_being_done_while_the_run_is_cancelled_is_undone_as_a_whole(self, approver, monkeypatch):
        cases, act = ready(1), decide.act
        run = started(cases)

        def cancelled_meanwhile(*args, **said):
            done = act(*args, **said)
            runs.cancel(approver, run.pk, world.START)
            return done

        monkeypatch.setattr(decide, "act", cancelled_meanwhile)
        # In life another session cancels and stays cancelled; here both are one transaction, undone together.
        assert not work.work(run.pk)
        assert cases[0].application.state == "in_review"
        assert not Decision.objects.filter(kind="grant").exists()
        assert results(run) == [("", "")]

    def test_a_run_that_ended_cannot_be_cancelled(self, approver):
        run = worked(started(ready(1)))
        with refused(Conflict, "bulk_ended"):
            runs.cancel(approver, run.pk, world.START)

    def test_only_who_started_it_and_supervisors_of_the_office_see_a_run(self, approver):
        cases = ready(1)
        run = started(cases)
        supervisor = stages.official("supervisor", stages.prefecture("hrss"), "supervisor")
        elsewhere = stages.official("elsewhere", stages.office("hrss"), "supervisor")
        assert [runs.run_of(user, run.pk, cases[0].at) for user in (approver, supervisor)] == [run, run]
        for user in (elsewhere, stages.colleague(cases[0]), world.user("auditor"), world.user("admin")):
            with refused(NotFound):
                runs.run_of(user, run.pk, cases[0].at)

    def test_a_supervisor_cancels_no_run_of_somebody_else(self):
        cases = ready(1)
        run = started(cases)
        supervisor = stages.official("supervisor", stages.prefecture("hrss"), "supervisor")
        with refused(Conflict, "not_yours"):
            runs.cancel(supervisor, run.pk, cases[0].at)


class TestInterrupted:
    """A worker that breaks off."""

    def test_a_run_goes_on_where_it_stopped(self, monkeypatch):
        cases, note = ready(3), work._note
        run = started(cases)
        monkeypatch.setattr(work, "_note", breaks_once(note, RuntimeError("broke"), after=1))
        assert not work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.done) == ("running", 1)
        assert jobs.resume_bulk(timezone.now() + timedelta(minutes=3)) == 1
        run.refresh_from_db()
        assert (run.state, run.done) == ("done", 3)
        assert Decision.objects.filter(kind="grant").count() == 3

    def test_a_run_in_good_hands_is_not_queued_again(self, monkeypatch):
        run, queued = started(ready(1)), []
        monkeypatch.setattr(jobs, "run_bulk", type("Job", (), {"enqueue": queued.append}))
        lease = run.lease_until
        assert jobs.resume_bulk(lease - timedelta(seconds=1)) == 0
        assert jobs.resume_bulk(lease) == 1
        assert jobs.resume_bulk(lease + timedelta(seconds=1)) == 0

    def test_a_run_another_worker_has_is_left_alone(self):
        run = started(ready(1))
        BulkRun.objects.filter(pk=run.pk).update(state="running", claim="b", lease_until=timezone.now() + runs.LEASE)
        assert not work.work(run.pk)
        assert results(run) == [("", "")]

    def test_a_worker_whose_run_was_taken_over_undoes_its_case(self, monkeypatch):
        cases, act = ready(1), decide.act
        run = started(cases)

        def slow(*args, **said):
            done = act(*args, **said)
            BulkRun.objects.filter(pk=run.pk).update(claim="another")
            return done

        monkeypatch.setattr(decide, "act", slow)
        assert not work.work(run.pk)
        assert cases[0].application.state == "in_review"

    def test_a_run_that_kills_its_workers_fails_in_the_end(self):
        run = started(ready(1))
        BulkRun.objects.filter(pk=run.pk).update(attempts=work.MOST_ATTEMPTS)
        assert not work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.failure) == ("failed", "interrupted")

    def test_a_long_run_reads_its_lines_a_few_at_a_time(self, monkeypatch):
        monkeypatch.setattr(work, "LINES_AHEAD", 2)
        run = started(ready(5))
        assert worked(run).done == 5
