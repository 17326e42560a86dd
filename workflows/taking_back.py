"""Taking back 撤回: the seat an official closed opens again for them, as long as nobody has gone on from there."""

from datetime import datetime

from django.db.models import Q
from viewflow.workflow.models import Task

from people.models import User
from workflows import added, engine, items
from workflows.models import WorkItem

OUTCOME = WorkItem.Outcome
# Seats that an act closed along with its own, without a word from whoever sat there.
SWEPT = (OUTCOME.MOOT, OUTCOME.RETURNED)


def untouched_after(item: WorkItem) -> bool:
    """Whether nobody has acted on, taken or been given what followed from a closed seat. The process is locked.

    Beside it, at the same stage, colleagues of other seats may have spoken: their seats do not follow from this one.
    """
    process = item.process
    if process.data["stage"] is None:
        return False
    present = items.task_of(process)
    if present.pk == item.task_id:
        return not _touched(_waited_for(item))
    following = WorkItem.objects.filter(process=process, opened_at__gte=item.closed_at).exclude(task=item.task_id)
    here = following.filter(task=present)
    is_last = not _spoken_since(item).exists()
    return is_last and here.exists() and not following.exclude(task=present).exists() and not _touched(here)


def _waited_for(item: WorkItem):
    """What a seat's closing has woken: what was added after it, or the base that waited for it."""
    if item.placement == WorkItem.Placement.BEFORE:
        return WorkItem.objects.filter(pk=added.base_of(item).pk)
    if item.placement == WorkItem.Placement.ROUTE:
        return added.belonging_to(item).filter(placement=WorkItem.Placement.AFTER)
    return WorkItem.objects.none()


def _spoken_since(item: WorkItem):
    """Seats of the same stage that closed with a word of their own after this one."""
    spoke = (OUTCOME.DONE, OUTCOME.AGAINST)
    return WorkItem.objects.filter(task=item.task_id, closed_at__gt=item.closed_at, outcome__in=spoke)


def _touched(seats) -> bool:
    taken = Q(owner__isnull=False) | Q(closed_at__isnull=False) | Q(delegate__isnull=False) | Q(paused_at__isnull=False)
    return seats.filter(taken & ~Q(waiting=True)).exists()


def take_back(item: WorkItem, user: User, at: datetime) -> WorkItem:
    """Open the seat again for who closed it; seats closed along with it open again too. Ask `untouched_after` first.

    What the colleagues of other seats said at the stage counts on: their seats come along to the task the route
    stands at then. The closed seat stays on record as returned.
    """
    process, before = item.process, item.task_id
    swept = list(_swept_with(item))
    if items.task_of(process).pk != before:
        process.items.filter(closed_at__isnull=True).update(closed_at=at, outcome=OUTCOME.RETURNED, waiting=False)
        engine.go_to(process, item.stage, user)
        WorkItem.objects.filter(task=before).update(task=items.task_of(process))
    WorkItem.objects.filter(pk=item.pk).update(outcome=OUTCOME.RETURNED)
    task = items.task_of(process)
    renewed = _again(item, task, user, at)
    for seat in swept:
        WorkItem.objects.filter(pk=seat.pk).update(outcome=OUTCOME.RETURNED)
        seat.process = process
        _again(seat, task, seat.owner, at)
    added.settle_waiting(task.pk)
    renewed.refresh_from_db()
    return renewed


def _swept_with(item: WorkItem):
    same_moment = WorkItem.objects.filter(task=item.task_id, closed_at=item.closed_at, outcome__in=SWEPT)
    return same_moment.exclude(pk=item.pk).select_related("queue__office", "owner")


def _again(item: WorkItem, task: Task, owner: User | None, at: datetime) -> WorkItem:
    """The same seat, open, with the limit it had."""
    base = item.seat.partition(added.AGAIN)[0]
    number = WorkItem.objects.filter(Q(seat=base) | Q(seat__startswith=base + added.AGAIN), task=task).count() + 1
    kept = {name: getattr(item, name) for name in ("scheme", "stage", "kind", "placement", "added_by")}
    place = (item.queue.office, item.queue.role)
    seat = f"{base}{added.AGAIN}{number}"
    return items.open_item(item.process, task, place, at, item.due_at, seat=seat, owner=owner, **kept)
