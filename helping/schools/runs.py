"""What is done with a whole batch: at once for a few, by a worker for many."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks import task

from applications import leases
from helping.models import SchoolBatch, Student
from helping.schools import bringing, filing, handing, making
from people.models import User
from people.refusals import Conflict

log = logging.getLogger(__name__)
AT_ONCE = 20  # students a page works on while somebody waits
State = SchoolBatch.State
WORK: dict[str, Callable[[SchoolBatch], bool]] = {
    State.MAKING: making.make,
    State.FILING: filing.file_chosen,
    State.HANDING: handing.hand_on,
}


def confirm(user: User, pk: int, at: datetime) -> SchoolBatch:
    """The file is right: drafts are made; said again, those that could not be made are tried again.

    Raises NotFound, and Conflict where nothing is left to be made.
    """
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        waiting = batch.students.filter(result=Student.Result.WAITING).count()
        if batch.state not in (State.CHECKED, State.MADE) or not waiting:
            raise Conflict(_("这个批次已经确认过。"), code="confirmed")
        bringing.check_keeper(user, batch)
        batch.state, batch.lease_until = State.MAKING, at
        batch.confirmed_at = batch.confirmed_at or at
        batch.save(update_fields=["state", "confirmed_at", "lease_until"])
        bringing.record(batch, "confirmed", user.username, at, students=waiting)
    _begin(batch, waiting)
    return batch


def file_all(user: User, pk: int, at: datetime) -> int:
    """File every draft that is complete and agreed to; how many were tried. Raises NotFound and Conflict."""
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        if batch.state != State.MADE:
            raise Conflict(_("这个批次现在不能提交。请刷新后再看。"), code="not_made")
        bringing.check_keeper(user, batch)
        count = filing.choose_all(batch)
        batch.state, batch.lease_until = State.FILING, at
        batch.save(update_fields=["state", "lease_until"])
        bringing.record(batch, "filing", user.username, at, students=count)
    _begin(batch, count)
    return count


def take_on(user: User, pk: int, at: datetime) -> handing.Handed:
    """The user goes on with a batch from now on. Whoever had it keeps the part they took in each case: both are barred
    from acting on it as officials.

    A case on which the user acted as an official, and the user's own, stay where they are. Raises NotFound, Conflict
    while a worker is at it. Safe to repeat: what was left out because of a fault is taken then.
    """
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        if batch.state not in handing.AT_REST:
            raise Conflict(_("这个批次正在办理，或者已经放弃，现在不能接手。请过一会儿再试。"), code="at_work")
        before, batch.kept_by = batch.keeper, user
        count = handing.choose(user, batch, at)
        if count:
            batch.state, batch.lease_until = State.HANDING, at
        batch.save(update_fields=["kept_by", "state", "lease_until"])
        bringing.record(batch, "taken_on", user.username, at, before=before.username, students=count)
    if count:
        _begin(batch, count)
    return handing.came_of(user, batch, count, at)


def _begin(batch: SchoolBatch, students: int) -> None:
    if students <= AT_ONCE:
        work(batch.pk)
    else:
        transaction.on_commit(lambda: run_school_batch.enqueue(batch.pk))


def work(pk: int) -> bool:
    """Bring a batch to the end of its work; False when nobody waits for it or another worker has it."""
    rows = _working().select_related("office", "scheme_version", "data_key", "brought_by", "kept_by")
    batch = leases.hold(rows, pk, bringing.LEASE)
    if batch is None:
        return False
    try:
        to_the_end = WORK[State(batch.state)](batch)
    except Exception:
        log.exception("school batch %s broke off", pk)
        return False
    done = {"state": State.MADE, "lease_until": None, "claim": ""}
    return to_the_end and bool(leases.kept(batch, batch.state).update(**done))


def _working() -> QuerySet[SchoolBatch]:
    return SchoolBatch.objects.filter(state__in=WORK)


@task()
def run_school_batch(pk: int) -> bool:
    """Work on a batch, if no other worker has it."""
    return work(pk)


def resume_schools(at: datetime) -> int:
    """Queue anew the batches nobody works on; how many there were."""
    return leases.queue_anew(_working(), at, bringing.LEASE, run_school_batch.enqueue)
