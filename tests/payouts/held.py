"""Rosters and holds for tests."""

from datetime import datetime

from benefits.models import Due
from payouts import batching
from payouts.holds import acts, rosters
from payouts.models import Batch, Hold, HoldLifted, Roster, RosterEntry
from people import vault
from people.models import Person
from project.demo.clerks import Case
from tests import world

SCHEME = "grad-jobseeking"
STRANGER = "110101199003074477"


def id_of(case: Case) -> str:
    """The citizen ID of who is paid."""
    person = Person.objects.select_related("data_key").filter(dues__application=case.application).first()
    return vault.decrypt(person.data_key, person.id_number, "id_number")


def as_csv(*rows: tuple[str, str], headings: str = "姓名,身份证号码,日期") -> bytes:
    """A roster: rows of ID and day."""
    return "\r\n".join([headings, *(f"某人,{number},{day}" for number, day in rows), ""]).encode("utf-8-sig")


def brought(content: bytes, at: datetime, kind: str = "custody", by: str = "finance-maker") -> Roster:
    """A roster brought in by the maker."""
    return rosters.bring(world.user(by), world.finance(), kind, content, at)[0]


def held(n: int = 0, kind: str = "custody") -> tuple[Hold, Case]:
    """A granted case whose only line a roster holds."""
    case = world.granted(n)
    brought(as_csv((id_of(case), "2026-08-01")), case.later(), kind)
    return Hold.objects.get(due__application=case.application), case


def hold() -> Hold:
    """A hold a roster put."""
    return held()[0]


def by_hand() -> Hold:
    """A hold an official put."""
    case = world.granted()
    return acts.put(world.user("finance-maker"), case.application.number, "电话核实中。", case.later())[0]


def lifted() -> HoldLifted:
    """A hold that is over."""
    row, case = held()
    acts.lift(world.user("finance-checker"), row.pk, "同名，已核实。", case.later())
    return row.lifted


def roster() -> Roster:
    """A roster that names nobody we know."""
    return brought(as_csv((STRANGER, "2026-08-01")), world.START)


def roster_of_another_key() -> Roster:
    """The same, as the same bytes would stand beside it under a key of their own."""
    row = roster()
    row.data_key = vault.new_data_key()
    row.data_key.save()
    return row


def entry() -> RosterEntry:
    """A person of a roster."""
    return roster().entries.get()


def made(at: datetime) -> Batch:
    """A batch of what is payable then."""
    return batching.make(world.user("finance-maker"), world.finance(), SCHEME, at)


def due_of(case: Case) -> Due:
    """The only line of a case."""
    return Due.objects.get(application=case.application)


def of_another_due() -> Hold:
    """A hold a roster put, as it would stand beside it on another due."""
    row = hold()
    row.due = due_of(world.granted(5))
    return row


def lifted_of_another_hold() -> HoldLifted:
    """The end of a hold, as it would stand for another hold."""
    row = lifted()
    row.hold, _case = held(5)
    return row


def lifted_by_who_put_it() -> HoldLifted:
    """The same, if who had put it lifted it."""
    row = lifted_of_another_hold()
    row.by = row.put_by
    return row
