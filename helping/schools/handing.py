"""A colleague of the same school goes on with a batch: its cases come into their name, one by one, each on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import door
from applications.four_eyes import identities_of
from applications.models import Application, CaseActor
from helping.models import SchoolBatch
from helping.schools import bringing
from people.models import User
from people.refusals import Conflict, Refused

AT_REST = (bringing.State.CHECKED, bringing.State.MADE)
KEYS = ("student__row", "pk", "process_ref")
SECONDS = 30  # after which no further case is begun: the proxy in front of a page waits for 60


@dataclass(frozen=True)
class Handed:
    """How many cases are in the user's name now, and how many stay with whoever had them.

    `faults`: the rows that could not be moved this time; `waiting`: how many there was no time for. Both are taken when
    it is done again.
    """

    moved: int
    left: int
    faults: tuple[int, ...] = ()
    waiting: int = 0


def in_other_names(user: User, batch: SchoolBatch, at: datetime) -> QuerySet[Application]:
    """The school's cases of a batch that are not in the user's name."""
    return bringing.cases_of(user, batch, at).exclude(filed_by=user)


def offered(user: User, batch: SchoolBatch, at: datetime) -> bool:
    """Whether the user may take a batch on: it is a colleague's, or a part of it still is."""
    return batch.state in AT_REST and (batch.keeper != user or in_other_names(user, batch, at).exists())


def take_on(user: User, pk: int, at: datetime) -> Handed:
    """The user goes on with a batch from now on. Whoever had it keeps the part they took in each case: both are barred
    from acting on it as officials.

    A case on which the user acted as an official, and the user's own, stay where they are. Raises NotFound, Conflict
    while a worker is at it. Safe to repeat: what was left out because of a fault is taken then.
    """
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        if batch.state not in AT_REST:
            raise Conflict(_("这个批次正在办理，或者已经放弃，现在不能接手。请过一会儿再试。"), code="at_work")
        if batch.keeper != user:
            before, batch.kept_by = batch.keeper, user
            batch.save(update_fields=["kept_by"])
            bringing.record(batch, "taken_on", user.username, at, before=before.username)
    return _move_all(user, batch, at)


def _move_all(user: User, batch: SchoolBatch, at: datetime) -> Handed:
    """Each case by itself: one that somebody has open, or that changed meanwhile, stops none of the others."""
    until = monotonic() + SECONDS
    cases = list(in_other_names(user, batch, at).order_by("student__row").values_list(*KEYS))
    moved, faults = 0, []
    for number, (row, *keys) in enumerate(cases):
        if monotonic() > until:
            return Handed(moved, number - moved - len(faults), tuple(faults), len(cases) - number)
        try:
            moved += _moved(user, batch, keys, at)
        except Refused:
            faults.append(row)
    return Handed(moved, len(cases) - moved - len(faults), tuple(faults))


def _moved(user: User, batch: SchoolBatch, keys: Sequence[int | None], at: datetime) -> bool:
    """Put one case into the user's name; False where it has to stay."""
    with door.open_current(*keys, user=user, at=at) as case:
        application = case.application
        there = in_other_names(user, batch, at).filter(pk=application.pk).exists()
        if not there or _bars(user, application):
            return False
        before, application.filed_by = application.filed_by, user
        case.save()
        for filer in (before, user):
            door.name_parties(application, [], filer)
        case.record("case.handed_on", before=before.username)
    return True


def _bars(user: User, application: Application) -> bool:
    """Who acted on a case as an official files nothing in it, and nobody files their own as a school's."""
    if user.person_id and application.student.id_index == user.person.id_index:
        return True
    mine = application.actors.filter(who__in=identities_of(user))
    return mine.exclude(capacity=CaseActor.Capacity.PARTY).exists()
