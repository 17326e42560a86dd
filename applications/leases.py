"""Runs that a worker takes for a while 租约: claimed in one statement, kept by renewing, lost when somebody takes over.

A run has `claim` and `lease_until`. Those that count their tries have `state` and `attempts` too; their states begin
with the one that waits and the one at work.
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
    return hold(rows.filter(state__in=live), run_id, lease, state=live[1], attempts=F("attempts") + 1)


def hold(rows: QuerySet[Any], run_id: int, lease: timedelta, **changes: Any) -> Any | None:
    """Take one of these runs with these changes, if nobody has it or whoever had it is gone; None otherwise.

    It must be among the rows before and after.
    """
    now, claim = timezone.now(), uuid.uuid4().hex
    free = rows.select_related(None).filter(Q(claim="") | Q(lease_until__lte=now), pk=run_id)
    if not free.update(claim=claim, lease_until=now + lease, **changes):
        return None
    return rows.get(pk=run_id)


def held(run: Model) -> QuerySet[Any]:
    """The run, if it is still this worker's: for updates that count only then."""
    return type(run)._default_manager.filter(pk=run.pk, claim=run.claim)


def kept(run: Model, state: str) -> QuerySet[Any]:
    """The run, if it is still this worker's and in this state."""
    return held(run).filter(state=state)


def renew(run: Model, lease: timedelta) -> bool:
    """Keep it for longer: the worker is alive. False where it was lost, and its work is somebody else's."""
    return bool(held(run).update(lease_until=timezone.now() + lease))


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
