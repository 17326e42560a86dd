"""One true row of counters, PINs, school batches and invitations, and rows that would stand beside it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from helping.models import (
    AskNoMore,
    CasePin,
    CounterVisit,
    FactRoster,
    FactRow,
    Invitation,
    Match,
    Matching,
    PinLookup,
    SchoolBatch,
    Student,
)
from helping.pins import making
from people import vault
from people.models import DataKey, Office
from tests import world
from tests.helping import at_counter, graduates, invitees

AT = world.START


def new_key() -> DataKey:
    """A key for a second row."""
    key = vault.new_data_key()
    key.save()
    return key


def pin() -> CasePin:
    """A PIN in force."""
    case = world.grant().submit()
    making.make(case.user, case.public_id, AT)
    return CasePin.objects.get()


def lookup() -> PinLookup:
    """A look at a case."""
    row = pin()
    office = Office.objects.get(function="government", division_id="532503")
    return PinLookup.objects.create(
        operator=world.user("auditor"), office=office, application=row.application, outcome="shown", at=AT
    )


def visit() -> CounterVisit:
    """Somebody at the counter."""
    return at_counter.begun()


def same_visit() -> CounterVisit:
    """The same person, as a second open visit."""
    row = visit()
    row.public_id, row.data_key = "another", new_key()
    return row


def drafted() -> CounterVisit:
    """A visit with a draft."""
    return at_counter.drafted()


def batch() -> SchoolBatch:
    """A file that was checked."""
    return graduates.brought(1)


def same_batch() -> SchoolBatch:
    """The same file again."""
    row = batch()
    row.data_key = new_key()
    return row


def student() -> Student:
    """A student of it."""
    return batch().students.get()


def roster() -> FactRoster:
    """A roster of facts."""
    return invitees.roster()


def same_roster() -> FactRoster:
    """The same file again."""
    row = roster()
    row.data_key = new_key()
    return row


def fact_row() -> FactRow:
    """Somebody on it."""
    return roster().people.get()


def matching() -> Matching:
    """What the rules said."""
    return invitees.matched()


def match() -> Match:
    """Of somebody."""
    return matching().matches.get()


def invitation() -> Invitation:
    """Somebody who was invited."""
    return invitees.invitation()


def same_invitation() -> Invitation:
    """The same person invited twice."""
    row = invitation()
    row.public_id, row.data_key, row.code_digest = "another", new_key(), "another"
    return row


def left_alone() -> AskNoMore:
    """Somebody who does not want to be asked."""
    return AskNoMore.objects.create(
        person=world.granted().application.subject, scheme_code="", said_by=world.user("applicant"), said_at=AT
    )


CHECKS: dict[str, tuple[Callable[[], Model], dict[str, Any]]] = {
    "pin_locked_after_wrong_tries": (pin, {"locked_at": AT}),
    "pin_lookup_names_what_it_found": (lookup, {"application": None}),
    "visit_draft_under_a_mandate": (drafted, {"mandate": None}),
    "visit_reads_back_a_draft": (visit, {"read_back_at": AT}),
    "visit_keeps_what_was_said_until_drafted": (visit, {"said": b""}),
    "school_batch_made_was_confirmed": (batch, {"confirmed_at": AT}),
    "school_batch_works_by_a_lease": (batch, {"lease_until": AT}),
    "school_batch_claimed_for_a_while": (batch, {"claim": "a worker"}),
    "student_s_answers_stand_in_one_place": (student, {"answers": b""}),
    "student_chosen_has_a_draft": (student, {"chosen": True}),
    "fact_roster_has_an_end": (roster, {"keep_days": 0}),
    "fact_roster_says_why": (roster, {"purpose": ""}),
    "matching_works_by_a_lease": (matching, {"lease_until": AT}),
    "matching_claimed_for_a_while": (matching, {"claim": "a worker"}),
    "match_verdict_known": (match, {"verdict": "rumour"}),
    "invitation_state_has_its_stamps": (invitation, {"ended_at": AT}),
}
DOUBLES: dict[str, Callable[[], Model]] = {
    "pin_one_in_force": pin,
    "visit_open_once": same_visit,
    "school_batch_once": same_batch,
    "student_once_a_batch": student,
    "fact_roster_once": same_roster,
    "fact_roster_names_once": fact_row,
    "match_once": match,
    "invitation_open_once": same_invitation,
    "ask_no_more_once": left_alone,
}
