"""Bulk runs: what is done, what is refused and why, and that nothing is ever done twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from approvals import decide
from approvals.bulk import jobs, runs, starting, work
from approvals.bulk.reasons import REASONS, words_of
from approvals.models import BulkRun, Decision, Opinion
from audit.models import Event
from audit.verify import verify_stream
from benefits.models import Budget, Due
from people import vault
from people.posts import dismiss
from people.refusals import Conflict, Invalid, NotFound
from tests import stages, world
from tests.approvals.bulk_cases import APPROVER, chosen, item_of, ready, results, started, unqueued, worked
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unqueued(monkeypatch):
    unqueued(monkeypatch)


@pytest.fixture
def approver():
    return world.user(APPROVER)


def post_of(approver):
    return stages.post_of(approver, "approver", stages.prefecture("hrss"))


class TestDone:
    """Clean cases."""

    def test_every_case_gets_its_own_decision_paper_due_and_result(self):
        cases = ready(3)
        run = worked(started(cases))
        assert (run.state, run.total, run.done, run.refused, run.skipped) == ("done", 3, 3, 0, 0)
        assert results(run) == [("done", "")] * 3
        for case in cases:
            assert case.application.state == "granted"
            assert Decision.objects.get(application=case.application, kind="grant").official.username == APPROVER
            assert Due.objects.filter(application=case.application).count() == 1

    def test_the_words_stand_in_each_case_and_are_encrypted_in_the_run(self):
        cases = ready(2)
        run = worked(started(cases, text="经集体研究，准予。"))
        assert "准予".encode() not in bytes(run.text)
        assert runs.words_of(run) == "经集体研究，准予。"
        said = [Opinion.objects.get(application=case.application, outcome="grant") for case in cases]
        assert {vault.decrypt(one.application.data_key, one.text, "opinion") for one in said} == {"经集体研究，准予。"}

    def test_each_case_says_it_was_done_in_bulk_and_the_run_has_a_chain_of_its_own(self):
        cases = ready(1)
        run = worked(started(cases))
        event = Event.objects.get(stream=cases[0].application.stream, action="official.bulk")
        assert (event.actor, event.data["run"]) == (APPROVER, run.pk)
        stream = f"bulk:{run.pk}"
        assert list(Event.objects.filter(stream=stream).order_by("seq").values_list("action", "actor")) == [
            ("bulk.started", APPROVER),
            ("bulk.finished", APPROVER),
        ]
        assert verify_stream(stream).fault is None
        assert verify_stream(cases[0].application.stream).fault is None

    @pytest.mark.parametrize("stage, outcome", [("accept", "accept"), ("county_review", "agree")])
    def test_acceptance_and_agreement_are_offered_too(self, stage, outcome):
        case = stages.AT_STAGE["grant", stage]()
        user, item = case.official(), case.item()
        run = worked(started([case], outcome, user=user))
        item.refresh_from_db()
        assert (run.done, item.outcome, item.owner) == (1, "done", user)


class TestRefused:
    """What is found when its turn comes."""

    def test_a_case_another_decided_meanwhile_is_refused_and_says_by_whom_and_when(self):
        cases = ready(2)
        run = started(cases)
        stages.colleague(cases[0])
        decide.act(world.user("colleague"), cases[0].item().pk, decide.Said("grant"), cases[0].later())
        worked(run)
        assert results(run) == [("refused", "already_decided"), ("done", "")]
        words = words_of("already_decided", item_of(cases[0]))
        assert "colleague·新" in words
        assert f"{timezone.localtime(cases[0].at):%Y-%m-%d %H:%M}" in words
        assert Decision.objects.filter(application=cases[0].application, kind="grant").count() == 1

    def test_a_case_withdrawn_meanwhile_is_refused(self):
        cases = ready(2)
        run = started(cases)
        cases[1].withdraw()
        assert results(worked(run)) == [("done", ""), ("refused", "already_decided")]

    def test_a_case_that_changed_since_it_was_chosen_is_refused(self, approver):
        cases = ready(1)
        run = started(cases)
        decide.claim(approver, cases[0].item().pk, cases[0].later())
        assert results(worked(run)) == [("refused", "stale")]

    def test_a_case_a_colleague_claimed_since_is_refused(self):
        cases = ready(1)
        choice = chosen(cases)
        colleague = stages.colleague(cases[0])
        decide.claim(colleague, cases[0].item().pk, cases[0].later())
        choice.fit["grant"] = [(item, version + 1) for item, version in choice.fit["grant"]]
        run = starting.start(world.user(APPROVER), choice, "grant", "", uuid4(), cases[0].at)
        assert results(worked(run)) == [("refused", "claimed")]

    def test_where_the_money_ends_the_rest_is_refused_and_nothing_is_overspent(self):
        cases = ready(3)
        Budget.objects.filter(scheme_code="grad-jobseeking").update(amount=2000)
        run = worked(started(cases))
        assert (run.state, run.done, run.refused) == ("done", 2, 1)
        assert results(run)[-1] == ("refused", "no_budget")
        assert Due.objects.count() == 2

    def test_a_case_that_cannot_be_read_is_refused_and_the_others_are_done(self):
        cases = ready(2)
        run = started(cases)
        vault.destroy(cases[0].application.data_key, cases[0].at)
        assert results(worked(run)) == [("refused", "unreadable"), ("done", "")]

    def test_an_error_of_ours_is_one_refused_case_not_a_stopped_run(self, monkeypatch):
        cases, act = ready(2), decide.act
        run = started(cases)
        monkeypatch.setattr(decide, "act", breaks_once(act, RuntimeError("broke")))
        assert results(worked(run)) == [("refused", "fault"), ("done", "")]
        assert cases[0].application.state == "in_review"

    def test_a_case_held_by_others_for_a_moment_is_tried_again(self, monkeypatch):
        cases, act = ready(1), decide.act
        run = started(cases)
        monkeypatch.setattr(decide, "act", breaks_once(act, OperationalError("lock timeout")))
        assert results(worked(run)) == [("done", "")]

    def test_a_case_held_by_others_for_long_is_refused(self, monkeypatch):
        run = started(ready(1))
        monkeypatch.setattr(decide, "act", breaks_once(None, OperationalError("lock timeout"), times=99))
        assert results(worked(run)) == [("refused", "busy")]

    def test_every_reason_is_said_in_words(self):
        assert all(words_of(code) and code not in words_of(code) for code in REASONS)
        assert "unheard_of" in words_of("unheard_of")


class TestAuthority:
    """Bulk is no way around a post."""

    def test_a_post_ended_before_the_first_case_stops_the_run_and_nothing_is_done(self, approver):
        cases = ready(2)
        run = started(cases)
        dismiss(post_of(approver), cases[0].at.date())
        worked(run)
        assert (run.state, run.failure, run.done, run.refused) == ("failed", "no_authority", 0, 0)
        assert all(case.application.state == "in_review" for case in cases)

    def test_a_post_ended_midway_stops_the_run_there(self, approver, monkeypatch):
        cases, act = ready(3), decide.act
        run = started(cases)

        def last_act(*args, **said):
            done = act(*args, **said)
            dismiss(post_of(approver), cases[0].at.date())
            return done

        monkeypatch.setattr(decide, "act", last_act)
        worked(run)
        assert (run.state, run.failure, run.done) == ("failed", "no_authority", 1)
        assert results(run) == [("done", ""), ("", ""), ("", "")]
        assert [case.application.state for case in cases] == ["granted", "in_review", "in_review"]
        assert Event.objects.filter(stream=f"bulk:{run.pk}", action="bulk.failed").count() == 1

    def test_who_took_part_at_another_stage_is_not_listed(self):
        cases = ready(2)
        reviewer = Opinion.objects.filter(application=cases[0].application, stage="accept").get().official
        stages.official(reviewer.username, stages.prefecture("hrss"), "approver")
        choice = chosen(cases, reviewer)
        assert set(choice.left) == {"barred"}


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


def breaks_once(real, error, times=1, after=0):
    """A stand-in that raises on `times` calls after the first `after`, and works like the real one otherwise."""
    calls = []

    def stand_in(*args, **kwargs):
        calls.append(args)
        if after < len(calls) <= after + times:
            raise error
        return real(*args, **kwargs)

    return stand_in
