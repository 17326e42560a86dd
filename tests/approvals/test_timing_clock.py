"""What time does by itself: reminders, escalation, pauses that end, acceptance by silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.models import Decision, Move
from approvals.timing import changes, clock
from approvals.timing.overseeing import overdue_for
from schemes.models import SchemeVersion
from tests import chained, world
from tests.stages import AT_STAGE, POINT, TEXT, last_event, office, official, prefecture
from workflows import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
SECOND = timedelta(seconds=1)


@pytest.fixture
def case():
    """A grant before the county's reviewer."""
    return AT_STAGE["grant", "county_review"]()


def working_days_before(moment, days):
    at = moment
    while calendar.working_days_between(timezone.localdate(at), timezone.localdate(moment)) < days:
        at -= timedelta(days=1)
    return at


class TestReminders:
    """Two working days before."""

    def test_two_working_days_before_it_is_time(self, case):
        due = case.item().due_at
        assert clock.remind_due(working_days_before(due, 3)) == 0
        assert clock.remind_due(working_days_before(due, 2)) == 1

    def test_the_move_names_whose_it_is(self, case):
        case.claim()
        clock.remind_due(case.item().due_at)
        move = Move.objects.get(kind="remind")
        assert (move.by, move.to_user, move.to_office) == (None, case.item().owner, case.item().queue.office)

    def test_once_a_limit(self, case):
        due = case.item().due_at
        assert [clock.remind_due(due), clock.remind_due(due)] == [1, 0]

    def test_a_new_limit_is_reminded_of_anew(self, case):
        clock.remind_due(case.item().due_at)
        case.say("correction", points=(POINT,)).resubmit()
        assert clock.remind_due(case.item().due_at) == 1

    def test_nobody_is_reminded_of_what_stands_still(self, case):
        case.say("correction", points=(POINT,))
        assert clock.remind_due(case.item().due_at) == 0


class TestEscalation:
    """Overdue."""

    def test_the_last_second_is_in_time(self, case):
        assert clock.escalate_overdue(case.item().due_at) == 0

    def test_after_it_the_case_is_shown_to_who_oversees_the_office(self, case):
        overseer = official("overseer", case.item().queue.office, "supervisor")
        late = case.item().due_at + SECOND
        assert [clock.escalate_overdue(late), clock.escalate_overdue(late)] == [1, 0]
        row = overdue_for(overseer, late)[0]
        assert (row.number, row.item, row.own) == (case.application.number, case.item(), True)

    def test_the_office_above_sees_it_after_five_working_days(self, case):
        above = official("above", prefecture("hrss"), "supervisor")
        due = case.item().due_at
        clock.escalate_overdue(due + SECOND)
        fifth = calendar.deadline(due, 5, "working")
        assert overdue_for(above, calendar.deadline(due, 4, "working")) == []
        assert [row.own for row in overdue_for(above, fifth)] == [False]

    def test_another_function_or_county_never_does(self, case):
        late = case.item().due_at + timedelta(days=60)
        clock.escalate_overdue(late)
        for name, at in (("dpf-above", prefecture("dpf")), ("neighbour", office("hrss", "532502"))):
            assert overdue_for(official(name, at, "supervisor"), late) == []

    def test_who_oversees_nothing_sees_nothing(self, case):
        late = case.item().due_at + timedelta(days=60)
        clock.escalate_overdue(late)
        assert overdue_for(case.official(), late) == []

    def test_what_was_done_leaves_the_list(self, case):
        overseer = official("overseer", case.item().queue.office, "supervisor")
        late = case.item().due_at + SECOND
        clock.escalate_overdue(late)
        case.at = late
        case.say("agree")
        assert overdue_for(overseer, case.at) == []


class TestPauses:
    """The last day of a pause."""

    def test_the_clock_starts_again_by_itself(self, case):
        until = timezone.localdate(case.at) + timedelta(days=7)
        changes.pause(case.official(), case.item().pk, "inspection", until, TEXT, case.later(1))
        last = case.item().pause_until
        assert [clock.end_pauses(last), clock.end_pauses(last + SECOND), clock.end_pauses(last + SECOND)] == [0, 1, 0]
        assert case.item().paused_at is None
        assert (last_event(case).action, last_event(case).actor) == ("official.resume", "clock")

    def test_a_case_whose_route_cannot_be_read_holds_up_no_other(self, case):
        other = AT_STAGE["waiver", "dpf_opinion"]()
        for one in (case, other):
            until = timezone.localdate(one.at) + timedelta(days=7)
            changes.pause(one.official(), one.item().pk, "inspection", until, TEXT, one.later(1))
        process = case.item().process
        process.data = process.data | {"version": 0}
        process.save()
        with pytest.raises(SchemeVersion.DoesNotExist):
            clock.end_pauses(max(case.item().pause_until, other.item().pause_until) + SECOND)
        assert (case.item().paused_at is None, other.item().paused_at) == (False, None)


class TestSilence:
    """视为受理: only where a scheme says so, and never more than acceptance."""

    @pytest.fixture
    def unanswered(self):
        """A grant whose version knows of silence, filed and not answered."""
        chained.publish(chained.GRANT, chained.with_stage("accept", deemed="accept"))
        return world.grant().submit()

    def test_on_the_last_day_there_is_still_time(self, unanswered):
        assert clock.accept_by_silence(unanswered.item().due_at) == 0

    def test_after_it_the_case_counts_as_accepted_from_its_filing(self, unanswered):
        filed = unanswered.at
        late = unanswered.item().due_at + SECOND
        assert [clock.accept_by_silence(late), clock.accept_by_silence(late)] == [1, 0]
        application = unanswered.application
        assert (application.state, application.accepted_at) == ("accepted", filed)
        assert unanswered.item().stage == "county_review"

    def test_the_acceptance_paper_names_no_official(self, unanswered):
        clock.accept_by_silence(unanswered.item().due_at + SECOND)
        decision = Decision.objects.get(application=unanswered.application)
        assert (decision.kind, decision.official) == ("acceptance", None)

    def test_the_clock_signs_for_it(self, unanswered):
        clock.accept_by_silence(unanswered.item().due_at + SECOND)
        assert (last_event(unanswered).action, last_event(unanswered).actor) == ("case.accepted_by_silence", "clock")

    def test_a_request_for_correction_is_no_silence(self, unanswered):
        due = unanswered.item().due_at
        unanswered.say("correction", points=(POINT,))
        assert clock.accept_by_silence(due + SECOND) == 0

    def test_no_other_scheme_knows_of_it(self):
        case = world.grant().submit()
        assert clock.accept_by_silence(case.item().due_at + timedelta(days=90)) == 0
        assert case.application.state == "submitted"

    def test_it_never_decides(self, unanswered):
        clock.accept_by_silence(unanswered.item().due_at + SECOND)
        late = unanswered.item().due_at + timedelta(days=300)
        clock.accept_by_silence(late)
        assert unanswered.application.state == "accepted"

    @pytest.mark.parametrize("stage", ["county_review", "decide"])
    def test_only_acceptance_can_say_so(self, stage):
        with pytest.raises(ValueError, match="only acceptance"):
            chained.publish(chained.GRANT, chained.with_stage(stage, deemed="accept"))
