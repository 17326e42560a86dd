"""Runs that a worker takes for a while 租约: claimed in one statement, kept by renewing, lost when somebody takes over.

A run has `state`, `claim`, `lease_until` and `attempts`; its states begin with the one that waits and the one at work.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

RUNS_AT_ONCE = 10


def take(rows: QuerySet[Any], run_id: int, live: Sequence[str], lease: timedelta) -> Any | None:
    """Take a run, if it waits for somebody or whoever had it is gone; None otherwise. It needs no lock kept.

    `live`: the state in which it waits and the one in which it is worked on.
    """
    now, claim = timezone.now(), uuid.uuid4().hex
    free = Q(claim="") | Q(lease_until__lte=now)
    waiting = rows.model.objects.filter(free, pk=run_id, state__in=live)
    mine = {"state": live[1], "claim": claim, "lease_until": now + lease}
    if not waiting.update(**mine, attempts=F("attempts") + 1):
        return None
    return rows.get(pk=run_id)


def kept(run: Model, state: str) -> QuerySet[Any]:
    """The run, if it is still this worker's and in this state: for updates that count only then."""
    return type(run)._default_manager.filter(pk=run.pk, state=state, claim=run.claim)


def queue_anew(runs: QuerySet[Any], at: datetime, lease: timedelta, enqueue: Callable[[int], object]) -> int:
    """Queue the open runs nobody works on, their lease being over; how many there were.

    A worker that is only slow has renewed its lease; a job queued twice finds the run taken and does nothing.
    """
    keys = unheld(runs, at)
    for pk in keys:
        runs.filter(pk=pk, lease_until__lte=at).update(claim="", lease_until=at + lease)
        enqueue(pk)
    return len(keys)


def unheld(runs: QuerySet[Any], at: datetime) -> list[int]:
    """The open runs nobody works on, longest waiting first, so many as are queued at once."""
    return list(runs.filter(lease_until__lte=at).order_by("lease_until").values_list("pk", flat=True)[:RUNS_AT_ONCE])
