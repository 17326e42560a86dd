"""Bulk runs: what is done, what is refused and why, and that nothing is ever done twice."""

from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from approvals import decide
from approvals.bulk import runs, starting
from approvals.bulk.reasons import REASONS, words_of
from approvals.models import Decision, Opinion
from audit.models import Event
from audit.verify import verify_stream
from benefits.models import Budget, Due
from people import vault
from people.posts import dismiss
from tests import stages, world
from tests.approvals.bulk_cases import APPROVER, breaks_once, chosen, item_of, ready, results, started, unqueued, worked
from workflows.models import Queue, WorkItem

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

    def test_a_case_that_went_to_another_office_is_left_out_and_the_others_are_done(self, approver):
        cases = ready(2)
        run = started(cases)
        moved = cases[0].item()
        elsewhere, _made = Queue.objects.get_or_create(office=stages.office("finance"), role=moved.queue.role)
        WorkItem.objects.filter(pk=moved.pk).update(queue=elsewhere)
        worked(run)
        assert (run.state, run.done, run.refused) == ("done", 1, 1)
        assert results(run) == [("refused", "other_office"), ("done", "")]

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
