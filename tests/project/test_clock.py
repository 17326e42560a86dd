"""What runs by the clock: safe to run twice, safe to run late, one failing job does not stop the others."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from applications.models import Application, Correction
from approvals.models import PublicNotice
from archives.models import FiledCase
from audit.verify import verify
from benefits.models import Due, PhaseOut
from papers.models import Paper
from people.models import Post
from project import jobs
from project.jobs import run_due
from tests import stages, world
from tests.unchanged import everything
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
END = world.START + timedelta(days=230)


class Undone(Exception):
    """Takes back what was tried."""


def many_cases():
    """One case for each job: to lapse, to end on notice, held by an objection, taken back, to phase out."""
    world.grant(2).submit().ask_to_correct()
    stages.noticed(4)
    stages.objected(stages.noticed(6))
    stages.noticed(8).withdraw()
    world.phase_out_granted()
    Post.objects.filter(user__username="dpf").update(ends=date(2026, 10, 31))


def standing():
    """How everything stands, times apart."""
    return {
        "cases": list(Application.objects.order_by("pk").values_list("number", "state", "round")),
        "items": list(WorkItem.objects.order_by("case_id", "stage").values_list("case_id", "stage", "seat", "outcome")),
        "notices": list(PublicNotice.objects.order_by("pk").values_list("pk", "result")),
        "phase_outs": list(PhaseOut.objects.order_by("pk").values_list("pk", "state", "end_reason")),
        "posts": list(Post.objects.order_by("pk").values_list("pk", "withdrawn")),
        "corrections": list(Correction.objects.order_by("pk").values_list("pk", "answered_at")),
        "dues": list(Due.objects.order_by("pk").values_list("pk", "amount")),
        # A reminder of an end that is past is none, so a late run leaves it out.
        "papers": list(
            Paper.objects.filter(phase_out_warning__isnull=True)
            .order_by("case_ref", "kind", "pk")
            .values_list("case_ref", "kind", "state")
        ),
    }


def after(*moments):
    """How everything stands after runs at these moments; then they are undone."""
    try:
        with transaction.atomic():
            for moment in moments:
                run_due(moment)
            found = standing()
            raise Undone
    except Undone:
        return found


def every_third_day():
    moment = world.START
    while moment < END:
        moment += timedelta(days=3)
        yield moment
    yield END


class TestRunDue:
    """All jobs at once."""

    @pytest.fixture(autouse=True)
    def _cases(self):
        many_cases()

    def test_it_tells_how_much_each_job_did(self):
        done = run_due(END)
        heads = done.pop("heads_anchored")
        assert heads > 0
        assert done == {
            "corrections_lapsed": 1,
            "notices_ended": 2,
            "accepted_by_silence": 0,
            "pauses_ended": 0,
            "statement_terms_ended": 0,
            "waiting_followed": 0,
            "limits_reminded": 0,
            # What waits on the objection and on the filing of the phase-out; both are long overdue by then.
            "overdue_escalated": 2,
            # The one decided case, for its county and its prefecture.
            "durations_counted": 2,
            "asked_reminded": 0,
            "unserved_reminded": Paper.objects.filter(service_reminded_at=END).count(),
            "phase_outs_warned": 0,
            "phase_outs_ended": 1,
            "waiver_terms_ended": 0,
            "waiver_checks_reminded": 0,
            "milestones_reminded": 0,
            "payments_held": 0,
            "payments_told": 0,
            "posts_ended": Post.objects.filter(user__username="dpf").count(),
            "sign_ins_cleared": 0,
            "kept_forms_cleared": 0,
            "password_codes_cleared": 0,
            "lost_factors_taken": 0,
            "papers_rendered": Paper.objects.count(),
            "large_print_made": 0,
            "what_ifs_resumed": 0,
            "bulk_resumed": 0,
            "school_batches_resumed": 0,
            "letters_warned": 0,
            "matchings_resumed": 0,
            "rosters_of_facts_erased": 0,
            "drafts_moved": 0,
            "cases_filed": FiledCase.objects.count(),
            "erasures_proposed": 0,
            "drafts_warned": 0,
            "drafts_erased": 0,
            "bank_lists_erased": 0,
            "copies_made": 0,
            "copies_expired": 0,
            "packages_made": 0,
            "packages_expired": 0,
            "notices_due": 0,
        }

    def test_a_second_run_does_nothing(self):
        run_due(END)
        before = everything()
        done = run_due(END)
        assert set(done.values()) == {0}
        assert everything() == before

    def test_a_late_run_gives_the_same_as_runs_in_time(self):
        assert after(END) == after(*every_third_day())

    def test_a_run_gives_the_same_as_two(self):
        assert after(END) == after(END, END)

    def test_nothing_happens_before_its_time(self):
        run_due(world.START)
        before = standing()
        run_due(world.START)
        assert standing() == before
        assert {state for _number, state, _round in before["cases"]} == {
            "returned_for_correction",
            "noticed",
            "withdrawn",
            "granted",
        }

    def test_every_chain_still_holds(self):
        run_due(END)
        assert verify().fault is None


class TestFailing:
    """One job that fails."""

    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch):
        def broken(at):
            raise ZeroDivisionError

        monkeypatch.setitem(jobs.DUE_JOBS, "corrections_lapsed", broken)

    def test_the_others_still_run(self):
        stages.noticed(4)
        done = run_due(END)
        assert (done["corrections_lapsed"], done["notices_ended"]) == (-1, 1)

    def test_the_command_says_so(self):
        with pytest.raises(CommandError, match="at least one job failed"):
            call_command("run_due")


class TestCommand:
    """`manage.py run_due [--on DAY]`."""

    def test_it_prints_what_was_done(self, run_command, clock):
        assert "corrections_lapsed 0, notices_ended 0" in run_command("run_due")

    def test_a_day_means_the_end_of_that_day(self, run_command, clock):
        case = world.grant(2).submit().ask_to_correct()
        due = case.application.correction_due
        run_command("run_due", "--on", f"{due:%Y-%m-%d}")
        assert case.application.state == "returned_for_correction"
        run_command("run_due", "--on", f"{due + timedelta(days=1):%Y-%m-%d}")
        assert case.application.state == "lapsed"

    def test_a_future_day_is_for_demonstrations_only(self, run_command, clock, settings):
        settings.DEMO = False
        with pytest.raises(CommandError, match="DEMO=1"):
            run_command("run_due", "--on", "2030-01-01")

    def test_a_demonstration_may_look_ahead(self, run_command, clock):
        assert "posts_ended" in run_command("run_due", "--on", "2030-01-01")

    def test_today_is_now(self, run_command, clock, settings):
        settings.DEMO = False
        assert "heads_anchored" in run_command("run_due", "--on", f"{datetime.now():%Y-%m-%d}")
