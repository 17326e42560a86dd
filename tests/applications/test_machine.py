"""What is lawful for an application: the table as the machine holds it, and every step that is not in it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from applications.models import Application
from applications.states import TRANSITIONS, State
from tests import world

AT, DUE = world.START, world.year_later(world.START)
LAWFUL = {
    ("draft", "submit"): "submitted",
    ("submitted", "accept"): "accepted",
    ("submitted", "decline_to_accept"): "not_accepted",
    ("submitted", "return_for_correction"): "returned_for_correction",
    ("submitted", "withdraw"): "withdrawn",
    ("returned_for_correction", "resubmit_before_acceptance"): "submitted",
    ("returned_for_correction", "resubmit_in_review"): "in_review",
    ("returned_for_correction", "lapse"): "lapsed",
    ("returned_for_correction", "withdraw"): "withdrawn",
    ("accepted", "begin_review"): "in_review",
    ("accepted", "return_for_correction"): "returned_for_correction",
    ("accepted", "withdraw"): "withdrawn",
    ("in_review", "return_for_correction"): "returned_for_correction",
    ("in_review", "publish_notice"): "noticed",
    ("in_review", "grant"): "granted",
    ("in_review", "refuse"): "refused",
    ("in_review", "record_answer"): "answered",
    ("in_review", "withdraw"): "withdrawn",
    ("noticed", "end_notice"): "in_review",
    ("noticed", "withdraw"): "withdrawn",
    ("granted", "revoke"): "revoked",
    ("refused", "reopen"): "in_review",
    ("answered", "reopen"): "in_review",
    ("lapsed", "reopen"): "in_review",
    ("not_accepted", "reopen_before_acceptance"): "submitted",
    ("lapsed", "reopen_before_acceptance"): "submitted",
    ("draft", "open_ex_officio"): "in_review",
    ("in_review", "conclude"): "concluded",
}
STATES = [
    "draft",
    "submitted",
    "returned_for_correction",
    "accepted",
    "not_accepted",
    "in_review",
    "noticed",
    "granted",
    "refused",
    "answered",
    "lapsed",
    "withdrawn",
    "revoked",
    "concluded",
]
VERBS = sorted({verb for _state, verb in LAWFUL})
UNLAWFUL = [(state, verb) for state in STATES for verb in VERBS if (state, verb) not in LAWFUL]
STAMPS = {
    "submit": {"submitted_at": AT, "round": 1},
    "resubmit_before_acceptance": {"round": 4, "correction_due": None},
    "resubmit_in_review": {"round": 4, "correction_due": None},
    "return_for_correction": {"returned_at": AT, "correction_due": DUE},
    "accept": {"accepted_at": AT},
    "decline_to_accept": {"closed_at": AT},
    "begin_review": {},
    "publish_notice": {},
    "end_notice": {},
    "grant": {"decided_at": AT},
    "refuse": {"decided_at": AT},
    "record_answer": {"closed_at": AT},
    "lapse": {"closed_at": AT},
    "withdraw": {"closed_at": AT},
    "revoke": {"closed_at": AT},
    "reopen": {"round": 4, "correction_due": None},
    "reopen_before_acceptance": {"round": 4, "correction_due": None},
    "open_ex_officio": {"submitted_at": AT, "accepted_at": AT, "round": 1},
    "conclude": {"closed_at": AT},
}


def transitions():
    return Application._meta.get_field("state").get_all_transitions(Application)


def go(application, verb):
    arguments = {"due": DUE} if verb == "return_for_correction" else {}
    getattr(application, verb)(at=AT, **arguments)


def test_the_machine_holds_exactly_these_steps():
    assert {(str(step.source), step.name): str(step.target) for step in transitions()} == LAWFUL


def test_the_table_of_the_house_says_the_same_as_the_machine():
    table = {(str(source), verb): str(to) for verb, (sources, to) in TRANSITIONS.items() for source in sources}
    assert table == LAWFUL


def test_these_are_all_the_states():
    assert State.values == STATES


@pytest.mark.parametrize("state, verb", LAWFUL)
def test_a_lawful_step_leads_where_the_table_says(state, verb):
    application = Application(state=state)
    go(application, verb)
    assert application.state == LAWFUL[state, verb]


@pytest.mark.parametrize("state, verb", UNLAWFUL)
def test_a_step_outside_the_table_is_refused_and_stamps_nothing(state, verb):
    application, untouched = Application(state=state), Application(state=state)
    with pytest.raises(TransitionNotAllowed):
        go(application, verb)
    assert stamps(application) == stamps(untouched)


@pytest.mark.parametrize("verb", VERBS)
def test_a_step_sets_its_stamps_and_nothing_else(verb):
    state = next(state for state, name in LAWFUL if name == verb)
    application = Application(state=state, round=3, correction_due=DUE)
    before = stamps(application)
    go(application, verb)
    assert stamps(application) == before | {"state": LAWFUL[state, verb]} | STAMPS[verb]


def stamps(application):
    left_out = {"id", "public_id"}
    return {field.name: getattr(application, field.attname) for field in fields() if field.name not in left_out}


def fields():
    return [field for field in Application._meta.fields if not isinstance(field, models.BinaryField)]


def test_the_state_cannot_be_assigned():
    application = Application()
    with pytest.raises(AttributeError):
        application.state = "granted"


@pytest.mark.django_db
class TestPastTheMachine:
    """Bulk writes go past a state machine: the manager refuses them."""

    def test_a_query_cannot_update_the_state(self):
        world.grant()
        with pytest.raises(ValidationError):
            Application.objects.update(state="granted")
        assert Application.objects.get().state == "draft"

    def test_a_query_updates_anything_else(self):
        world.grant()
        assert Application.objects.filter(state="draft").update(for_other=True) == 1

    def test_rows_cannot_be_updated_in_bulk_with_another_state(self):
        application = world.grant().application
        changed = Application(pk=application.pk, state="granted")
        with pytest.raises(ValidationError):
            Application.objects.bulk_update([changed], ["state"])

    @pytest.mark.parametrize("state", STATES[1:])
    def test_nothing_is_born_in_another_state_than_draft(self, state):
        with pytest.raises(ValidationError):
            Application.objects.create(state=state)

    def test_nothing_is_born_in_bulk_in_another_state_than_draft(self):
        with pytest.raises(ValidationError):
            Application.objects.bulk_create([Application(state="granted")])

    def test_a_stale_copy_cannot_be_saved_over_a_later_state(self):
        case = world.grant().submit()
        stale = case.application
        stale.withdraw(at=AT)
        case.say("accept")
        with pytest.raises(ConcurrentTransition):
            stale.save()
