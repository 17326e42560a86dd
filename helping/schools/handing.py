"""A colleague of the same school goes on with a batch: its cases come into their name, one by one, each on record.

Few are moved while the page waits, many by a worker (runs.py).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from applications import door, leases
from applications.four_eyes import identities_of
from applications.models import Application, CaseActor
from helping.models import SchoolBatch, Student
from helping.schools import bringing
from helping.schools.words import FAULT, NOT_YOURS, STAYS
from people.models import User
from people.refusals import Refused

log = logging.getLogger(__name__)
AT_REST = (bringing.State.CHECKED, bringing.State.MADE)
# Why a case is in the name of whoever had it, as its row says.
NOT_MOVED = (STAYS, NOT_YOURS, FAULT)


@dataclass(frozen=True)
class Handed:
    """How many cases are in the user's name now, and how many stay with whoever had them.

    `faults`: the rows that could not be moved this time; they are tried when it is done again. `waiting`: how many are
    left to a worker.
    """

    moved: int
    left: int
    faults: tuple[int, ...] = ()
    waiting: int = 0


def in_other_names(user: User, batch: SchoolBatch, at: datetime) -> QuerySet[Application]:
    """The school's cases of a batch that are not in the user's name."""
    return bringing.cases_of(user, batch, at).exclude(filed_by=user)


def untried(user: User, batch: SchoolBatch, at: datetime) -> int:
    """Of them, how many nobody has tried to move yet."""
    return in_other_names(user, batch, at).exclude(student__code__in=NOT_MOVED).count()


def offered(user: User, batch: SchoolBatch, at: datetime) -> bool:
    """Whether the user may take a batch on: it is a colleague's, or a part of it still is."""
    return batch.state in AT_REST and (batch.keeper != user or in_other_names(user, batch, at).exists())


def choose(user: User, batch: SchoolBatch, at: datetime) -> int:
    """Mark every case of a (locked) batch that is in another name as not yet tried; how many there are."""
    others = Student.objects.filter(application__in=in_other_names(user, batch, at))
    others.filter(code__in=NOT_MOVED).update(code="")
    return others.count()


def hand_on(batch: SchoolBatch) -> bool:
    """Put the cases into the keeper's name, each by itself: one that somebody has open, or that changed meanwhile,
    stops none of the others, and its row says why it was not moved.

    False where another worker has taken the batch over.
    """
    cases = in_other_names(batch.keeper, batch, timezone.now()).order_by("student__row")
    for student, *keys in list(cases.values_list("student", "pk", "process_ref")):
        code = _tried(batch, keys, timezone.now())
        if code:
            Student.objects.filter(pk=student).update(code=code)
        if not leases.renew(batch, bringing.LEASE):
            return False
    return True


def came_of(user: User, batch: SchoolBatch, tried: int, at: datetime) -> Handed:
    """What came of so many cases that were to be put into the user's name."""
    rows = list(in_other_names(user, batch, at).order_by("student__row").values_list("student__row", "student__code"))
    left = sum(code == STAYS for _row, code in rows)
    faults = tuple(row for row, code in rows if code in (NOT_YOURS, FAULT))
    return Handed(tried - len(rows), left, faults, len(rows) - left - len(faults))


def _tried(batch: SchoolBatch, keys: Sequence[int | None], at: datetime) -> str:
    """The code of why a case was not moved, "" where it was, or has nothing to do with the school any more."""
    try:
        return _move(batch, keys, at)
    except Refused:
        return NOT_YOURS
    except Exception:
        log.exception("case %s could not be handed on", keys)
        return FAULT


def _move(batch: SchoolBatch, keys: Sequence[int | None], at: datetime) -> str:
    user = batch.keeper
    with door.open_current(*keys, user=user, at=at) as case:
        application = case.application
        if not in_other_names(user, batch, at).filter(pk=application.pk).exists():
            return ""
        if _bars(user, application):
            return STAYS
        before, application.filed_by = application.filed_by, user
        case.save()
        for filer in (before, user):
            door.name_parties(application, [], filer)
        case.record("case.handed_on", before=before.username)
    return ""


def _bars(user: User, application: Application) -> bool:
    """Who acted on a case as an official files nothing in it, and nobody files their own as a school's."""
    if user.person_id and application.student.id_index == user.person.id_index:
        return True
    mine = application.actors.filter(who__in=identities_of(user))
    return mine.exclude(capacity=CaseActor.Capacity.PARTY).exists()
