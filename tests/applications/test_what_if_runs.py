"""A draft tried on real cases: which cases, who may, what is counted, and what becomes of a run."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications import jobs, what_if_acts, what_if_work
from applications.models import Application, WhatIfChange, WhatIfRun, WhatIfSum
from applications.policy_scope import run_of
from audit.models import Event
from people import vault
from people.refusals import Conflict, Invalid, NotFound
from project.demo import stories
from schemes.publication.drafting import Draft, begin
from tests import world
from tests.applications.policy_drafts import (
    FIRST,
    LAST,
    closed,
    county_editor,
    draft_value,
    draft_version,
    without_study_mode,
)
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db
MENGZI, KAIYUAN = "532503", "532502"


@pytest.fixture
def queued(monkeypatch):
    """Jobs that were queued and not run."""
    found = []
    monkeypatch.setattr(jobs, "run_what_if", SimpleNamespace(enqueue=found.append))
    return found


@pytest.fixture
def cases():
    """Three cases in Mengzi and one in Kaiyuan, filed in September."""
    return [*(world.grant(n).submit() for n in (0, 2, 4)), stories.grant_case(world.cast(11, KAIYUAN)).submit()]


def start(proposal, user=None, begins=FIRST, ends=LAST, **more):
    """A run as it was started: nothing has been done yet."""
    editor = user or world.user("policy-editor")
    return what_if_acts.start(editor, proposal.pk, begins, ends, world.START, **more)


def finished(proposal, **more):
    """The same run, worked on to its end."""
    run = start(proposal, **more)
    assert what_if_work.work(run.pk)
    run.refresh_from_db()
    return run


def sums_of(run):
    return {
        row.county: (row.cases, row.changed, row.amount_before, row.amount_after)
        for row in WhatIfSum.objects.filter(run=run)
    }


class TestCounting:
    """What a run finds."""

    def test_cases_changes_and_money_are_counted_by_county(self, cases):
        run = finished(draft_value())
        assert (run.state, run.total, run.done, run.left_out) == ("done", 4, 4, 0)
        assert sums_of(run) == {
            KAIYUAN: (1, 1, Decimal("1000.00"), Decimal("1200.00")),
            MENGZI: (3, 3, Decimal("3000.00"), Decimal("3600.00")),
        }

    def test_changed_cases_are_kept_by_number_and_sums_alone(self, cases):
        finished(draft_value())
        assert set(WhatIfChange.objects.values_list("number", "before", "after", "amount_before", "amount_after")) == {
            (case.application.number, "eligible", "eligible", Decimal("1000.00"), Decimal("1200.00")) for case in cases
        }

    def test_a_value_of_one_county_reaches_that_county_alone(self, cases):
        assert sums_of(finished(draft_value(division=MENGZI))).keys() == {MENGZI}

    def test_a_value_that_begins_later_changes_nothing_when_its_own_days_count(self, cases):
        run = finished(draft_value(begins=date(2027, 1, 1)), as_if=False)
        assert sum(row.changed for row in run.sums.all()) == 0

    def test_a_version_that_asks_less_lets_cases_in(self, cases):
        stories.grant_case(world.cast(13), study_mode="adult").submit()
        run = finished(draft_version(without_study_mode))
        assert (run.total, sum(row.cases for row in run.sums.filter(gained=True))) == (5, 1)

    def test_only_cases_of_the_period_that_came_to_something_count(self, cases):
        cases[0].withdraw()
        world.grant(6)
        assert start(draft_value()).total == 3

    def test_a_case_whose_data_were_erased_is_left_out_and_said_so(self, cases):
        vault.destroy(cases[0].application.data_key, world.START)
        run = finished(draft_value())
        assert (run.done, run.left_out, run.compared) == (4, 1, 3)

    def test_a_case_withdrawn_while_the_run_waits_is_not_counted(self, cases):
        run = start(draft_value())
        cases[0].withdraw()
        what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.total, run.done) == ("done", 4, 3)

    def test_a_draft_older_than_the_last_case_is_counted_too_when_it_is_filed_while_the_run_waits(self, cases):
        early = world.grant(6)
        stories.grant_case(world.cast(13)).submit()
        run = start(draft_value())
        early.submit()
        assert what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.total, run.done) == ("done", 6, 6)

    def test_a_draft_edited_since_does_not_change_a_run_begun_before(self, cases):
        proposal = draft_value()
        run = start(proposal)
        type(proposal).objects.filter(pk=proposal.pk).update(content={**proposal.content, "value": "9000.00"})
        what_if_work.work(run.pk)
        assert sums_of(run)[KAIYUAN][3] == Decimal("1200.00")

    def test_nothing_of_the_cases_themselves_is_written(self, cases):
        before = [(case.application.version, bytes(case.application.assessment)) for case in cases]
        finished(draft_value())
        assert [(case.application.version, bytes(case.application.assessment)) for case in cases] == before

    def test_chunks_add_up_to_what_one_would_find(self, cases, monkeypatch):
        whole = sums_of(finished(draft_value()))
        monkeypatch.setattr(what_if_work, "CHUNK", 1)
        assert sums_of(finished(draft_value())) == whole

    def test_what_it_remembers_of_the_policy_is_let_go_now_and_then(self, cases, monkeypatch):
        whole = sums_of(finished(draft_value()))
        monkeypatch.setattr(what_if_work, "CHUNK", 1)
        monkeypatch.setattr(what_if_work, "CHUNKS_A_MEMORY", 2)
        assert sums_of(finished(draft_value())) == whole

    def test_the_queries_of_a_chunk_do_not_grow_with_its_cases(self, cases, django_assert_max_num_queries):
        run = start(draft_value())
        with django_assert_max_num_queries(40):
            what_if_work.work(run.pk)
        for n in range(20, 30):
            world.grant(n).submit()
        again = start(draft_value())
        with django_assert_max_num_queries(40):
            what_if_work.work(again.pk)


class TestWhoMay:
    """Starting, and what is refused."""

    @pytest.mark.parametrize("name", ["policy-editor", "policy-publisher"])
    def test_editors_and_publishers_of_the_prefecture_may(self, cases, name, queued):
        assert start(draft_value(), world.user(name)).state == "queued"

    @pytest.mark.parametrize("name", ["applicant", "county-reviewer", "finance-maker", "auditor", "admin"])
    def test_for_everybody_else_the_draft_does_not_exist(self, cases, name):
        proposal = draft_value()
        with refused(NotFound):
            start(proposal, world.user(name))

    def test_an_editor_of_a_county_may_not_try_a_value_of_the_prefecture(self, cases):
        editor, proposal = county_editor(), draft_value()
        with refused(NotFound):
            start(proposal, editor)

    def test_an_editor_of_a_county_tries_its_own_value_and_a_version_on_its_own_cases(self, cases, queued):
        editor = county_editor()
        assert start(draft_value(division=MENGZI), editor).divisions == [MENGZI]
        assert start(draft_version(without_study_mode), editor).total == 3

    def test_a_draft_not_handed_in_is_tried_by_its_author_alone(self, cases, queued):
        submitted = draft_value()
        draft = begin(
            Draft(submitted.kind, submitted.content, submitted.scheme_id, submitted.division_id, submitted.clause),
            by="policy-editor",
            at=world.START,
        )
        run = start(draft)
        publisher = world.user("policy-publisher")
        with refused(NotFound):
            start(draft, publisher)
        with refused(NotFound):
            run_of(publisher, run.pk, world.START)

    def test_a_post_that_has_ended_opens_nothing(self, cases):
        editor, proposal = world.user("policy-editor"), draft_value()
        editor.posts.update(ends=date(2026, 1, 1))
        with refused(NotFound):
            start(proposal, editor)

    def test_a_closed_draft_is_not_tried(self, cases):
        proposal = closed(draft_value())
        with refused(Conflict, "proposal_closed"):
            start(proposal)

    def test_a_faulty_version_is_not_tried(self, cases):
        proposal = draft_version(without_study_mode)
        type(proposal).objects.filter(pk=proposal.pk).update(content={**proposal.content, "calculation": "guess"})
        with refused(Invalid, "faulty_draft"):
            start(proposal)

    def test_a_period_without_cases_is_said_so(self):
        proposal = draft_value()
        with refused(Invalid) as caught:
            start(proposal)
        assert "begins" in caught.value.errors

    def test_a_period_the_wrong_way_round_is_refused(self, cases):
        proposal = draft_value()
        with refused(Invalid) as caught:
            start(proposal, begins=LAST, ends=FIRST)
        assert "ends" in caught.value.errors


class TestCourse:
    """Queue, work, cancel, fail, resume."""

    def test_start_and_end_are_events_of_policy(self, cases):
        run = finished(draft_value())
        events = list(Event.objects.filter(stream="policy", action__startswith="what_if.").order_by("seq"))
        assert [(event.action, event.actor) for event in events] == [
            ("what_if.started", "policy-editor"),
            ("what_if.finished", "clock"),
        ]
        assert events[1].data["amount_after"] == "4800.00"
        assert (events[1].data["run"], events[1].data["changed"]) == (run.pk, 4)

    def test_the_job_is_queued_once_the_start_is_committed(self, cases, queued, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            run = start(draft_value())
        assert queued == [run.pk]

    def test_a_run_that_ended_is_not_worked_on_again(self, cases):
        run = finished(draft_value())
        before = everything()
        assert not what_if_work.work(run.pk)
        assert everything() == before

    def test_a_run_another_worker_has_is_left_alone(self, cases):
        run = start(draft_value())
        WhatIfRun.objects.filter(pk=run.pk).update(state="running", claim="other")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda: world.START)
            assert not what_if_work.work(run.pk)

    def test_a_cancelled_run_stops_at_the_next_chunk_and_keeps_what_it_counted(self, cases, monkeypatch):
        monkeypatch.setattr(what_if_work, "CHUNK", 1)
        run, keep = start(draft_value()), what_if_work._keep

        def cancelled_after_first(run, tally):
            keep(run, tally)
            if run.done == 1:
                what_if_acts.cancel(world.user("policy-publisher"), run.pk, world.START)

        monkeypatch.setattr(what_if_work, "_keep", cancelled_after_first)
        assert not what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.done, run.changes.count()) == ("cancelled", 1, 1)
        assert Event.objects.filter(stream="policy", action="what_if.cancelled", actor="policy-publisher").exists()

    def test_a_run_that_ended_cannot_be_cancelled(self, cases):
        run = finished(draft_value())
        with refused(Conflict, "what_if_ended"):
            what_if_acts.cancel(world.user("policy-editor"), run.pk, world.START)

    def test_a_stranger_cannot_cancel(self, cases):
        run, stranger = start(draft_value()), county_editor(KAIYUAN)
        with refused(NotFound):
            what_if_acts.cancel(stranger, run.pk, world.START)

    def test_a_run_that_broke_off_goes_on_where_it_stopped(self, cases, monkeypatch):
        monkeypatch.setattr(what_if_work, "CHUNK", 1)
        run, add = start(draft_value()), what_if_work._add
        monkeypatch.setattr(what_if_work, "_add", breaks_at(3, add))
        assert not what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.done, run.failure) == ("running", 2, "RuntimeError")
        monkeypatch.setattr(what_if_work, "_add", add)
        assert jobs.resume_what_ifs(timezone.now() + timedelta(minutes=6)) == 1
        run.refresh_from_db()
        assert (run.state, run.done, run.changes.count()) == ("done", 4, 4)

    def test_a_run_that_never_comes_on_fails_in_the_end(self, cases, monkeypatch):
        run = start(draft_value())
        monkeypatch.setattr(what_if_work, "_add", breaks_at(1, None))
        for _attempt in range(what_if_work.MOST_ATTEMPTS):
            WhatIfRun.objects.filter(pk=run.pk).update(claim="")
            assert not what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.done) == ("failed", 0)
        assert Event.objects.filter(stream="policy", action="what_if.failed").count() == 1

    def test_a_run_that_kills_its_workers_fails_in_the_end(self, cases):
        run = start(draft_value())
        WhatIfRun.objects.filter(pk=run.pk).update(attempts=what_if_work.MOST_ATTEMPTS)
        assert not what_if_work.work(run.pk)
        run.refresh_from_db()
        assert (run.state, run.failure) == ("failed", "Interrupted")

    def test_a_run_in_good_hands_is_not_queued_again(self, cases, queued):
        start(draft_value())
        assert jobs.resume_what_ifs(world.START) == 0
        assert jobs.resume_what_ifs(world.START + timedelta(minutes=6)) == 1
        assert jobs.resume_what_ifs(world.START + timedelta(minutes=7)) == 0

    @pytest.mark.parametrize(
        "wrong",
        [{"state": "done"}, {"ended_at": world.START}, {"ends": date(2026, 8, 1)}, {"done": 5}],
    )
    def test_the_database_refuses_half_states(self, cases, wrong):
        run = start(draft_value())
        with pytest.raises(IntegrityError), transaction.atomic():
            WhatIfRun.objects.filter(pk=run.pk).update(**wrong)


def breaks_at(turn, real):
    """A stand-in that fails on its n-th call and works like the real one before."""
    calls = []

    def stand_in(*args):
        calls.append(args)
        if len(calls) >= turn:
            raise RuntimeError("broke")
        real(*args)

    return stand_in


def test_no_case_number_is_kept_outside_the_divisions_of_the_run(cases):
    finished(draft_value(division=KAIYUAN))
    county = Application.objects.get(number=WhatIfChange.objects.get().number).division_id
    assert county == KAIYUAN
