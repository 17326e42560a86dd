"""Two people decide: one examines a file that is due 鉴定, another confirms 复核, and then it is gone.

Locks of the confirming: cases → file → erasure → keys → persons → stream heads.
"""

from contextlib import ExitStack
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import door
from archives import access, volumes
from archives.erasing import destroying, due, persons
from archives.models import Erasure, Volume
from people.models import User
from people.refusals import Conflict, NotFound, Refused

State = Erasure.State


def erasures_of(user: User, at: datetime) -> QuerySet[Erasure]:
    """What was proposed of the files of the user's offices."""
    related = ("volume__office__division", "examined_by", "confirmed_by", "dropped_by")
    return Erasure.objects.filter(volume__office__in=access.offices_of(user, at)).select_related(*related)


def examine(user: User, pk: int, at: datetime) -> Erasure:
    """The first says that the file may be destroyed. Raises NotFound, Refused for who is close to it, Conflict."""
    with transaction.atomic():
        erasure = _opened(user, pk, at)
        _check(erasure.state == State.PROPOSED)
        _check_due(erasure.volume, at)
        erasure.state, erasure.examined_by, erasure.examined_at = State.EXAMINED, user, at
        erasure.save()
        volumes.note(erasure.volume, user.username, "archive.erasure_examined", at, erasure=erasure.pk)
    return erasure


def drop(user: User, pk: int, at: datetime) -> Erasure:
    """Either says that it is kept after all. Raises NotFound, Refused, Conflict."""
    with transaction.atomic():
        erasure = _opened(user, pk, at)
        _check(erasure.state in (State.PROPOSED, State.EXAMINED))
        erasure.state, erasure.dropped_by, erasure.dropped_at = State.DROPPED, user, at
        erasure.save()
        volumes.note(erasure.volume, user.username, "archive.erasure_dropped", at, erasure=erasure.pk)
    return erasure


def confirm(user: User, pk: int, at: datetime) -> Erasure:
    """The second confirms, and all in the file is destroyed. Raises NotFound, Refused for the first, Conflict."""
    found = _found(user, pk, at)
    numbers = list(found.volume.cases.order_by("application").values_list("application__public_id", flat=True))
    with transaction.atomic(), ExitStack() as doors:
        cases = [doors.enter_context(door.open_case(one, user=user, at=at)) for one in dict.fromkeys(numbers)]
        erasure = _opened(user, pk, at)
        _check(erasure.state == State.EXAMINED)
        if erasure.examined_by_id == user.pk:
            raise Refused(_("鉴定和复核须由两个人办理。这一卷是您鉴定的，请由另一位同事复核。"), code="four_eyes")
        _check_due(erasure.volume, at)
        _erase(erasure, user, cases, at)
    return erasure


def _erase(erasure: Erasure, user: User, cases: list[door.Case], at: datetime) -> None:
    volume = erasure.volume
    fresh = [case for case in cases if not destroying.is_destroyed(case.application)]
    named = {person for case in cases for person in persons.parties_of(case.application)}
    files = sum(destroying.destroy(case, "case.erased", volume=volume.pk) for case in fresh)
    forgotten = persons.forget(named, at)
    persons.mask_name(volume)
    erasure.state, erasure.confirmed_by, erasure.erased_at = State.ERASED, user, at
    erasure.cases, erasure.files, erasure.persons = len(fresh), files, forgotten
    erasure.save()
    counts = {"cases": len(fresh), "files": files, "persons": forgotten}
    volumes.note(volume, user.username, "archive.erased", at, erasure=erasure.pk, **counts)


def _found(user: User, pk: int, at: datetime) -> Erasure:
    erasure = erasures_of(user, at).filter(pk=pk).first()
    if erasure is None:
        raise NotFound()
    access.volume_for(user, erasure.volume_id, at)
    return erasure


def _opened(user: User, pk: int, at: datetime) -> Erasure:
    """The proposal and its file, locked."""
    volume = volumes.locked(_found(user, pk, at).volume_id)
    erasure = Erasure.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    erasure.volume = volume
    return erasure


def _check(fits: bool) -> None:
    if not fits:
        raise Conflict(_("这一卷已经由同事处理。请刷新后查看。"), code="stale")


def _check_due(volume: Volume, at: datetime) -> None:
    why = due.why_kept(volume, at)
    if why:
        raise Conflict(str(due.WHY[why]), code=why)
