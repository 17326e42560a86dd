"""What is done with a whole batch: at once for a few, by a worker for many."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from applications import leases
from helping.models import SchoolBatch
from helping.schools import bringing, filing, lease, making
from people.models import User
from people.refusals import Conflict

log = logging.getLogger(__name__)
AT_ONCE = 20  # students a page works on while somebody waits
State = SchoolBatch.State
WORK: dict[str, Callable[[SchoolBatch], None]] = {State.MAKING: making.make, State.FILING: filing.file_chosen}


def confirm(user: User, pk: int, at: datetime) -> SchoolBatch:
    """The file is right: drafts are made. Raises NotFound, and Conflict where that was said before."""
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        if batch.state != State.CHECKED:
            raise Conflict(_("这个批次已经确认过。"), code="confirmed")
        _check_bringer(user, batch)
        batch.state, batch.confirmed_at, batch.lease_until = State.MAKING, at, at
        batch.save(update_fields=["state", "confirmed_at", "lease_until"])
        bringing.record(batch, "confirmed", user.username, at)
    _begin(batch, batch.rows)
    return batch


def file_all(user: User, pk: int, at: datetime) -> int:
    """File every draft that is complete and agreed to; how many were tried. Raises NotFound and Conflict."""
    with transaction.atomic():
        batch = bringing.locked(user, pk, at)
        if batch.state != State.MADE:
            raise Conflict(_("这个批次现在不能提交。请刷新后再看。"), code="not_made")
        _check_bringer(user, batch)
        count = filing.choose_all(batch)
        batch.state, batch.lease_until = State.FILING, at
        batch.save(update_fields=["state", "lease_until"])
        bringing.record(batch, "filing", user.username, at, students=count)
    _begin(batch, count)
    return count


def _check_bringer(user: User, batch: SchoolBatch) -> None:
    """The drafts are in the name of who brought the file in, and nobody files in another's name."""
    if batch.brought_by_id != user.pk:
        raise Conflict(_("请由上传这个批次的人确认和提交。"), code="not_yours")


def _begin(batch: SchoolBatch, students: int) -> None:
    if students <= AT_ONCE:
        work(batch.pk)
    else:
        transaction.on_commit(lambda: run_school_batch.enqueue(batch.pk))


def work(pk: int) -> bool:
    """Bring a batch to the end of its work; False when nobody waits for it or another worker has it."""
    batch = lease.take(pk)
    if batch is None:
        return False
    try:
        WORK[State(batch.state)](batch)
    except Exception:
        log.exception("school batch %s broke off", pk)
        return False
    lease.give_back(batch)
    return True


@task()
def run_school_batch(pk: int) -> bool:
    """Work on a batch, if no other worker has it."""
    return work(pk)


def resume_schools(at: datetime) -> int:
    """Queue anew the batches nobody works on; how many there were."""
    keys = leases.unheld(SchoolBatch.objects.filter(state__in=lease.WORKING), at)
    for pk in keys:
        run_school_batch.enqueue(pk)
    return len(keys)
