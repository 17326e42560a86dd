"""Limits extended, clocks stopped and started: by whom, how often, and what the applicant is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from applications.models import TimeNote
from applications.time_told import words_of
from approvals.models import Move
from approvals.timing import changes
from approvals.timing.limits import limits_of
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.routes import Stage
from tests import chained
from tests.stages import AT_STAGE, POINT, TEXT, official, speak
from tests.unchanged import refused
from workflows import calendar
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


@pytest.fixture
def case():
    """A grant before the county's reviewer."""
    return AT_STAGE["grant", "county_review"]()


@pytest.fixture
def supervisor(case):
    """Who oversees the county's bureau."""
    return official("overseer", case.item().queue.office, "supervisor")


def day(moment):
    return timezone.localdate(moment)


def extend(user, case, days=3, text=TEXT):
    changes.extend(user, case.item().pk, days, text, case.later(1))
    return case


def pause(user, case, reason="hearing", until=10, text=TEXT):
    last = day(case.at) + timedelta(days=until)
    changes.pause(user, case.item().pk, reason, last, text, case.later(1))
    return case


class TestExtending:
    """延长."""

    def test_the_limit_moves_by_that_many_working_days(self, case, supervisor):
        due = case.item().due_at
        assert day(extend(supervisor, case).item().due_at) == calendar.add_working_days(day(due), 3)

    def test_the_move_is_kept_with_its_words_sealed(self, case, supervisor):
        move = Move.objects.get(kind="extend", application=extend(supervisor, case).application)
        assert (move.by, move.item) == (supervisor, case.item())
        assert TEXT.encode() not in bytes(move.text)

    def test_the_applicant_reads_how_long_and_why(self, case, supervisor):
        note = TimeNote.objects.get(application=extend(supervisor, case).application)
        words = words_of(case.application, note)
        assert words.startswith("延长3个工作日；现在最迟")
        assert words.endswith(TEXT)

    def test_the_offices_approver_may(self, case):
        approver = official("an-approver", case.item().queue.office, "approver")
        assert extend(approver, case).item().extensions == 1

    def test_whoever_only_works_there_may_not(self, case):
        with refused(Refused, "not_yours"):
            extend(case.official(), case)

    def test_nor_the_supervisor_of_another_office(self, case):
        stranger = official("elsewhere", AT_STAGE["waiver", "dpf_opinion"]().item().queue.office, "supervisor")
        with refused(Refused, "not_yours"):
            extend(stranger, case)

    def test_nor_a_supervisor_close_to_a_party(self, case, supervisor):
        supervisor.person = case.application.subject
        supervisor.save()
        with refused(Refused, "not_yours"):
            extend(supervisor, case)

    def test_an_item_nobody_has_is_not_there(self, supervisor, case):
        with refused(NotFound):
            changes.extend(supervisor, 0, 3, TEXT, case.at)

    def test_once_is_all_unless_the_scheme_says_more(self, case, supervisor):
        extend(supervisor, case)
        with refused(Conflict, "no_extension_left"):
            extend(supervisor, case)

    def test_where_the_scheme_says_twice_it_is_twice(self):
        chained.publish(chained.GRANT, chained.with_stage("county_review", extensions_most=2))
        case = AT_STAGE["grant", "county_review"]()
        overseer = official("overseer", case.item().queue.office, "supervisor")
        assert extend(overseer, extend(overseer, case)).item().extensions == 2

    @pytest.mark.parametrize("days", [0, -1, 11])
    def test_not_more_days_than_the_scheme_allows(self, case, supervisor, days):
        with refused(Invalid) as caught:
            extend(supervisor, case, days)
        assert set(caught.value.errors) == {"days"}

    def test_never_without_a_reason(self, case, supervisor):
        with refused(Invalid) as caught:
            extend(supervisor, case, text="  ")
        assert set(caught.value.errors) == {"text"}

    def test_what_has_run_out_is_not_extended(self, case, supervisor):
        case.later(24 * 60)
        with refused(Conflict, "overdue"):
            extend(supervisor, case)

    def test_nor_what_stands_still(self, case, supervisor):
        pause(supervisor, case)
        with refused(Conflict, "paused"):
            extend(supervisor, case)

    def test_nor_what_is_closed(self, case, supervisor):
        item = case.item()
        case.say("agree")
        with refused(Conflict, "already_decided"):
            changes.extend(supervisor, item.pk, 3, TEXT, case.later())

    def test_a_stale_page_is_told(self, case, supervisor):
        version = case.application.version
        extend(supervisor, case)
        with refused(Conflict, "stale"):
            changes.pause(supervisor, case.item().pk, "hearing", day(case.at), TEXT, case.later(), version=version)


class TestPausing:
    """暂停 and 恢复."""

    def test_nobody_decides_while_the_clock_stands_still(self, case, supervisor):
        reviewer = pause(supervisor, case).official()
        with refused(Conflict, "paused"):
            speak(reviewer, case, "agree")

    def test_whoever_works_on_it_may_stop_and_start_it(self, case):
        reviewer = case.official()
        pause(reviewer, case)
        changes.resume(reviewer, case.item().pk, "", case.later())
        assert case.item().paused_at is None

    def test_the_days_left_are_given_back(self, case, supervisor):
        due = day(case.item().due_at)
        left = calendar.working_days_between(day(pause(supervisor, case).at), due)
        changes.resume(supervisor, case.item().pk, "", case.later(24 * 6))
        assert calendar.working_days_between(day(case.at), day(case.item().due_at)) == left

    def test_natural_days_come_back_as_natural_days(self):
        chained.publish(chained.GRANT, chained.with_stage("county_review", days=9, day_kind="natural"))
        case = AT_STAGE["grant", "county_review"]()
        reviewer, due = case.official(), day(case.item().due_at)
        left = (due - day(pause(reviewer, case).at)).days
        changes.resume(reviewer, case.item().pk, "", case.later(24 * 20))
        assert (day(case.item().due_at) - day(case.at)).days == left

    def test_so_they_do_after_a_correction(self):
        chained.publish(chained.GRANT, chained.with_stage("county_review", days=9, day_kind="natural"))
        case = AT_STAGE["grant", "county_review"]()
        due = day(case.item().due_at)
        case.say("correction", points=(POINT,))
        left = (due - day(case.at)).days
        case.later(24 * 8)
        case.resubmit()
        assert (day(case.item().due_at) - day(case.at)).days == left

    def test_the_applicants_correction_does_not_start_what_an_official_stopped(self, case, supervisor):
        pause(supervisor, case)
        with refused(Conflict, "paused"):
            speak(case.official(), case, "correction", points=(POINT,))

    def test_what_waits_for_the_applicant_is_not_resumed_by_an_official(self, case, supervisor):
        case.say("correction", points=(POINT,))
        with refused(Conflict, "paused"):
            changes.resume(supervisor, case.item().pk, "", case.later())

    @pytest.mark.parametrize("until", [0, -1, 200])
    def test_it_has_a_last_day_within_reach(self, case, supervisor, until):
        with refused(Invalid) as caught:
            pause(supervisor, case, until=until)
        assert set(caught.value.errors) == {"until"}

    @pytest.mark.parametrize("reason", ["", "holiday"])
    def test_only_for_what_the_law_names(self, case, supervisor, reason):
        with refused(Invalid) as caught:
            pause(supervisor, case, reason=reason)
        assert set(caught.value.errors) == {"reason"}

    def test_the_applicant_reads_for_what_and_until_when(self, case, supervisor):
        pause(supervisor, case, reason="expert")
        words = words_of(case.application, TimeNote.objects.get())
        assert words.startswith("原因：专家评审或鉴定，最晚到")


class TestLegal:
    """Promised and legal limits."""

    def test_more_is_not_promised_than_the_law_allows(self):
        with pytest.raises(ValueError, match="more days are promised"):
            Stage.model_validate(chained.prefecture_look("0") | {"legal_days": 4})

    def test_both_days_are_known_and_move_together(self):
        chained.publish(chained.GRANT, chained.with_stage("county_review", days=10, legal_days=20))
        case = AT_STAGE["grant", "county_review"]()
        overseer = official("overseer", case.item().queue.office, "supervisor")
        before = limits_of(case.item()).legal
        assert day(before) == calendar.add_working_days(day(case.item().due_at), 10)
        assert day(limits_of(extend(overseer, case).item()).legal) == calendar.add_working_days(day(before), 3)

    def test_without_a_text_no_legal_day_is_said(self, case):
        assert limits_of(case.item()).legal is None


class TestDatabase:
    """What no code can do."""

    @pytest.mark.parametrize(
        "broken",
        [
            {"pause_reason": "hearing"},
            {"pause_reason": "money"},
            {"pause_until": timezone.now()},
            {"pause_reason": "x"},
        ],
    )
    def test_a_pause_has_reason_and_last_day(self, case, broken):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkItem.objects.filter(pk=case.item().pk).update(**broken)

    @pytest.mark.parametrize("row", [{"kind": "extended"}, {"kind": "paused"}, {"kind": "resumed", "days": 2}])
    def test_a_note_fits_its_kind(self, case, row):
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeNote.objects.create(application=case.application, stage="x", at=case.at, **row)
