"""Added seats 加签: a further seat at the stage a route stands at, asked for by an official.

An added seat belongs to one seat of the route, its base: its code is the base's with a running number, so that it
stays findable without a second key. It has the base's limit: asking one more does not make the stage longer.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from people.models import Office, User
from workflows import items
from workflows.models import WorkItem

KIND = "countersign"
PLACEMENT = WorkItem.Placement
# Where seats may be added. Nothing comes after a decision, so no seat waits for one.
PLACEMENTS: dict[str, tuple[str, ...]] = {
    "accept": (PLACEMENT.BEFORE, PLACEMENT.BESIDE, PLACEMENT.AFTER),
    "review": (PLACEMENT.BEFORE, PLACEMENT.BESIDE, PLACEMENT.AFTER),
    "countersign": (PLACEMENT.BEFORE, PLACEMENT.BESIDE, PLACEMENT.AFTER),
    "decide": (PLACEMENT.BEFORE, PLACEMENT.BESIDE),
}
# What parts the code of a base from the number of its added seat, and from the number of its renewal.
OF_BASE, AGAIN = "+", "~"


def add(base: WorkItem, office: Office, placement: str, *, by: User, owner: User | None, at: datetime) -> WorkItem:
    """Open an added seat beside its base. Before: the base waits for it; after: it waits for the base."""
    number = WorkItem.objects.filter(task=base.task_id).exclude(placement=PLACEMENT.ROUTE).count() + 1
    seat = items.open_item(
        base.process,
        base.task,
        (office, "reviewer"),
        at,
        base.due_at,
        scheme=base.scheme,
        stage=base.stage,
        kind=KIND,
        seat=f"{base_code(base.seat)}{OF_BASE}{number}",
        placement=placement,
        added_by=by,
        owner=owner,
        waiting=placement == PLACEMENT.AFTER,
    )
    settle_waiting(base.task_id)
    return seat


def base_code(seat: str) -> str:
    """The code the route gives the seat that this one is, renews, or was added to."""
    return seat.partition(AGAIN)[0].partition(OF_BASE)[0]


def is_same(one: WorkItem, other: WorkItem) -> bool:
    """Whether two seats are one, opened again after it was taken back."""
    return one.seat.partition(AGAIN)[0] == other.seat.partition(AGAIN)[0]


def belonging_to(base: WorkItem) -> QuerySet[WorkItem]:
    """The seats added to a base, open or closed."""
    added = WorkItem.objects.filter(task=base.task_id).exclude(placement=PLACEMENT.ROUTE)
    return added.filter(seat__startswith=base_code(base.seat) + OF_BASE)


def base_of(seat: WorkItem) -> WorkItem:
    """The seat of the route an added one belongs to: its latest renewal."""
    route = WorkItem.objects.filter(task=seat.task_id, placement=PLACEMENT.ROUTE)
    code = base_code(seat.seat)
    return route.filter(Q(seat=code) | Q(seat__startswith=code + AGAIN)).order_by("-pk")[0]


def unheard(item: WorkItem) -> QuerySet[WorkItem]:
    """The seats added before or beside that have not spoken at the item's stage: nothing ends the case until then."""
    early = [PLACEMENT.BEFORE, PLACEMENT.BESIDE]
    return WorkItem.objects.filter(task=item.task_id, placement__in=early, closed_at__isnull=True)


def settle_waiting(task_id: int) -> None:
    """Say anew of each open seat of a task whether it waits: a base for those before it, an added one for its base."""
    seats = list(WorkItem.objects.filter(task=task_id).order_by("pk"))
    for seat in seats:
        waits = seat.closed_at is None and _waits(seat, seats)
        if waits != seat.waiting:
            seat.waiting = waits
            seat.save(update_fields=["waiting"])


def _waits(seat: WorkItem, seats: list[WorkItem]) -> bool:
    open_ones = [one for one in seats if one.closed_at is None and one.pk != seat.pk]
    own = [one for one in open_ones if base_code(one.seat) == base_code(seat.seat)]
    if seat.placement == PLACEMENT.ROUTE:
        return any(one.placement == PLACEMENT.BEFORE for one in own)
    return seat.placement == PLACEMENT.AFTER and any(one.placement == PLACEMENT.ROUTE for one in own)


def close_moot(task_id: int, at: datetime) -> None:
    """Close the seats of the route that are no longer needed, each with what was added to it."""
    for base in WorkItem.objects.filter(task=task_id, placement=PLACEMENT.ROUTE, closed_at__isnull=True):
        left = belonging_to(base).filter(closed_at__isnull=True) | WorkItem.objects.filter(pk=base.pk)
        left.update(closed_at=at, outcome=WorkItem.Outcome.MOOT, waiting=False)
