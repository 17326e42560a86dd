"""One true row of counters, PINs, school batches and invitations, and rows that would stand beside it."""

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
