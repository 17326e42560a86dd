"""Long runs a worker holds by a lease: whoever is killed loses it, and another goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet

RUNS_AT_ONCE = 10


def queue_anew(runs: QuerySet, at: datetime, lease: timedelta, enqueue: Callable[[int], object]) -> int:
    """Queue the open runs nobody works on, their lease being over; how many there were.

    A worker that is only slow has renewed its lease; a job queued twice finds the run taken and does nothing.
    """
    waiting = runs.filter(lease_until__lte=at).order_by("lease_until")
    keys = list(waiting.values_list("pk", flat=True)[:RUNS_AT_ONCE])
    for pk in keys:
        waiting.filter(pk=pk).update(claim="", lease_until=at + lease)
        enqueue(pk)
    return len(keys)
