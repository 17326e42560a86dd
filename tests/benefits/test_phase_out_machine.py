"""What is lawful for a phase-out, with every step refused that is not in the table; and its end by the clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django_fsm import TransitionNotAllowed

from audit.models import Event
from benefits.clock import end_phase_outs
from benefits.models import PhaseOut
from tests import world

AT = world.START
STATES = ["receiving", "disregarding", "phasing_out", "suspended", "ended", "reverted", "terminated"]
LAWFUL = {
    ("receiving", "begin"): "phasing_out",
    ("receiving", "disregard"): "disregarding",
    ("disregarding", "begin"): "phasing_out",
    ("phasing_out", "suspend"): "suspended",
    ("phasing_out", "end"): "ended",
    ("phasing_out", "revert"): "reverted",
    ("phasing_out", "terminate"): "terminated",
    ("suspended", "resume"): "phasing_out",
    ("suspended", "revert"): "reverted",
    ("suspended", "terminate"): "terminated",
}
ARGUMENTS = {
    "begin": (),
    "disregard": (),
    "suspend": (),
    "resume": (),
    "end": (AT,),
    "revert": (AT, "income_fell"),
    "terminate": (AT, "property"),
}
UNLAWFUL = [(state, verb) for state in STATES for verb in ARGUMENTS if (state, verb) not in LAWFUL]
STAMPS = {
    "begin": (None, ""),
    "disregard": (None, ""),
    "suspend": (None, ""),
    "resume": (None, ""),
    "end": (AT, ""),
    "revert": (AT, "income_fell"),
    "terminate": (AT, "property"),
}


def go(phase_out, verb):
    getattr(phase_out, verb)(*ARGUMENTS[verb])


def beijing(*when):
    return datetime(*when, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_machine_holds_exactly_these_steps():
    steps = PhaseOut._meta.get_field("state").get_all_transitions(PhaseOut)
    assert {(str(step.source), step.name): str(step.target) for step in steps} == LAWFUL


def test_these_are_all_the_states():
    assert PhaseOut.State.values == STATES


@pytest.mark.parametrize("state, verb", LAWFUL)
def test_a_lawful_step_leads_where_the_table_says(state, verb):
    phase_out = PhaseOut(state=state)
    go(phase_out, verb)
    assert phase_out.state == LAWFUL[state, verb]


@pytest.mark.parametrize("state, verb", UNLAWFUL)
def test_a_step_outside_the_table_is_refused(state, verb):
    phase_out = PhaseOut(state=state)
    with pytest.raises(TransitionNotAllowed):
        go(phase_out, verb)
    assert (phase_out.state, phase_out.ended_at) == (state, None)


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_step_sets_its_stamps(verb):
    phase_out = PhaseOut(state=next(state for state, name in LAWFUL if name == verb))
    go(phase_out, verb)
    assert (phase_out.ended_at, phase_out.end_reason) == STAMPS[verb]


@pytest.mark.django_db
class TestOfACase:
    """Determined on 7 September 2026 for six months: October to March."""

    @pytest.fixture
    def case(self):
        return world.phase_out_granted(months=6)

    def test_it_begins_with_the_month_after_the_determination(self, case):
        phase_out = case.application.phase_out
        assert (phase_out.state, phase_out.months) == ("phasing_out", 6)
        assert (phase_out.first_month, phase_out.last_month) == (date(2026, 10, 1), date(2027, 3, 1))

    def test_filing_stamps_it_and_leaves_its_state(self, case):
        case.say("file")
        phase_out = case.application.phase_out
        assert (phase_out.state, phase_out.filed_at) == ("phasing_out", case.at)

    def test_it_goes_on_through_its_last_month(self, case):
        assert end_phase_outs(beijing(2027, 3, 31, 23, 59)) == 0
        assert case.application.phase_out.state == "phasing_out"

    def test_it_ends_when_the_last_month_is_over(self, case):
        at = beijing(2027, 4, 1, 0, 1)
        assert end_phase_outs(at) == 1
        phase_out = case.application.phase_out
        assert (phase_out.state, phase_out.ended_at) == ("ended", at)

    def test_its_end_is_recorded_in_the_case(self, case):
        end_phase_outs(beijing(2027, 4, 1, 0, 1))
        event = Event.objects.filter(stream=case.application.stream).latest("seq")
        assert (event.action, event.actor) == ("phase_out.ended", "clock")

    def test_a_second_run_ends_nothing_more(self, case):
        end_phase_outs(beijing(2027, 4, 1, 0, 1))
        assert end_phase_outs(beijing(2027, 5, 1, 0, 1)) == 0
        assert Event.objects.filter(action="phase_out.ended").count() == 1

    def test_one_that_is_suspended_is_not_ended_by_the_clock(self, case):
        phase_out = case.application.phase_out
        phase_out.suspend()
        phase_out.save()
        assert end_phase_outs(beijing(2027, 4, 1, 0, 1)) == 0
        assert case.application.phase_out.state == "suspended"

    def test_a_query_cannot_update_the_state(self, case):
        with pytest.raises(ValidationError):
            PhaseOut.objects.update(state="ended")
        assert case.application.phase_out.state == "phasing_out"

    def test_none_is_born_phasing_out(self):
        with pytest.raises(ValidationError):
            PhaseOut.objects.create(state="phasing_out")
