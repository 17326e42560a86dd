"""What is lawful for a waiver, with every step refused that is not in the table."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django_fsm import TransitionNotAllowed

from benefits.models import Waiver
from tests import world
from tests.stages import speak

AT = world.START
STATES = ["granted", "agreement_pending", "in_force", "ended", "revived", "revoked"]
LAWFUL = {
    ("granted", "await_agreement"): "agreement_pending",
    ("granted", "enter_into_force"): "in_force",
    ("granted", "revoke"): "revoked",
    ("agreement_pending", "enter_into_force"): "in_force",
    ("agreement_pending", "end"): "ended",
    ("agreement_pending", "revoke"): "revoked",
    ("in_force", "end"): "ended",
    ("in_force", "revive_deposit"): "revived",
    ("in_force", "revoke"): "revoked",
}
ARGUMENTS = {
    "await_agreement": (),
    "enter_into_force": (AT,),
    "end": (AT, "term_over"),
    "revive_deposit": (AT, "transferred"),
    "revoke": (AT, "fraud"),
}
UNLAWFUL = [(state, verb) for state in STATES for verb in ARGUMENTS if (state, verb) not in LAWFUL]
STAMPS = {
    "await_agreement": (None, None, ""),
    "enter_into_force": (AT, None, ""),
    "end": (None, AT, "term_over"),
    "revive_deposit": (None, AT, "transferred"),
    "revoke": (None, AT, "fraud"),
}


def go(waiver, verb):
    getattr(waiver, verb)(*ARGUMENTS[verb])


def test_the_machine_holds_exactly_these_steps():
    steps = Waiver._meta.get_field("state").get_all_transitions(Waiver)
    assert {(str(step.source), step.name): str(step.target) for step in steps} == LAWFUL


def test_these_are_all_the_states():
    assert Waiver.State.values == STATES


@pytest.mark.parametrize("state, verb", LAWFUL)
def test_a_lawful_step_leads_where_the_table_says(state, verb):
    waiver = Waiver(state=state)
    go(waiver, verb)
    assert waiver.state == LAWFUL[state, verb]


@pytest.mark.parametrize("state, verb", UNLAWFUL)
def test_a_step_outside_the_table_is_refused(state, verb):
    waiver = Waiver(state=state)
    with pytest.raises(TransitionNotAllowed):
        go(waiver, verb)
    assert (waiver.state, waiver.in_force_at, waiver.ended_at) == (state, None, None)


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_step_sets_its_stamps(verb):
    waiver = Waiver(state=next(state for state, name in LAWFUL if name == verb))
    go(waiver, verb)
    assert (waiver.in_force_at, waiver.ended_at, waiver.end_reason) == STAMPS[verb]


@pytest.mark.parametrize("state, verb", [one for one in LAWFUL if one[1] in {"end", "revive_deposit", "revoke"}])
def test_one_that_is_over_waits_for_no_check(state, verb):
    waiver = Waiver(state=state, check_due=AT.date())
    go(waiver, verb)
    assert waiver.check_due is None


@pytest.mark.django_db
class TestOfACase:
    """The machine in the course of a case."""

    @pytest.fixture
    def case(self):
        return world.waiver().submit().say("accept").say("agree").say("agree").say("grant")

    def test_the_decision_leaves_the_waiver_waiting_for_the_agreement(self, case):
        waiver = case.application.waiver
        assert (waiver.state, waiver.granted_at, waiver.in_force_at) == ("agreement_pending", case.at, None)

    def test_the_lottery_centre_brings_it_into_force(self, case):
        speak(world.user("lottery-centre"), case, "confirm")
        waiver = case.application.waiver
        assert (waiver.state, waiver.in_force_at) == ("in_force", case.at)

    def test_without_an_agreement_it_ends_and_the_decision_stands(self, case):
        speak(world.user("lottery-centre"), case, "decline", text="申请人不再签订协议。")
        waiver = case.application.waiver
        assert (waiver.state, waiver.ended_at, waiver.end_reason) == ("ended", case.at, "no_agreement")
        assert case.application.state == "granted"

    def test_a_query_cannot_update_the_state(self, case):
        with pytest.raises(ValidationError):
            Waiver.objects.update(state="in_force")
        assert case.application.waiver.state == "agreement_pending"

    def test_none_is_born_in_force(self):
        with pytest.raises(ValidationError):
            Waiver.objects.create(state="in_force")

    def test_an_application_has_one_waiver(self, case):
        waiver = case.application.waiver
        waiver.pk = None
        with pytest.raises(IntegrityError, match="application_id"):
            models.Model.save(waiver, force_insert=True)
