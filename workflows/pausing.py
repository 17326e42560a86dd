"""Stopping and starting the clock of a seat, so that it gets back the days it had left, in the days it counts by."""

from datetime import datetime

from django.utils import timezone
from viewflow.workflow.models import Process

from schemes.definition import SchemeDefinition
from workflows import calendar
from workflows.models import WorkItem

# The kind of stage at which money is given.
DECIDING = "decide"


def day_kind_of(item: WorkItem, definition: SchemeDefinition) -> str:
    """How the days of a seat count: as its stage says; what the route does not foresee counts in working days."""
    stage = definition.stage(item.stage)
    return stage.day_kind if item.kind == stage.kind and item.kind != "notice" else "working"


def stop_clock(item: WorkItem, at: datetime, reason: str, until: datetime) -> None:
    """Stop the clock of one open seat for a reason other than a correction, until a last day."""
    item.paused_at, item.pause_reason, item.pause_until = at, reason, until
    item.save(update_fields=["paused_at", "pause_reason", "pause_until"])


def start_clock(item: WorkItem, definition: SchemeDefinition, at: datetime) -> None:
    """Start it again: the seat gets back the days it had left, at least one, and a reminder of its new last day."""
    kind = day_kind_of(item, definition)
    item.due_at = calendar.deadline(at, _days_left(item, kind), kind)
    item.paused_at, item.pause_reason, item.pause_until = None, "", None
    item.reminded_at, item.escalated_at = None, None
    item.save(update_fields=["due_at", "paused_at", "pause_reason", "pause_until", "reminded_at", "escalated_at"])


def stop_for_money(process: Process, at: datetime) -> int:
    """Stop the clocks of the seats that would decide a case for which there is no money; how many ran."""
    running = process.items.filter(closed_at__isnull=True, paused_at__isnull=True, kind=DECIDING)
    return running.update(paused_at=at, pause_reason=WorkItem.PauseReason.MONEY)


def start_with_money(process: Process, definition: SchemeDefinition, at: datetime) -> int:
    """Start them again; how many stood still for want of money."""
    stopped = list(process.items.filter(closed_at__isnull=True, pause_reason=WorkItem.PauseReason.MONEY))
    for item in stopped:
        start_clock(item, definition, at)
    return len(stopped)


def _days_left(item: WorkItem, kind: str) -> int:
    stopped, due = timezone.localdate(item.paused_at), timezone.localdate(item.due_at)
    if due <= stopped:
        return 1
    return max(1, calendar.working_days_between(stopped, due) if kind == "working" else (due - stopped).days)
