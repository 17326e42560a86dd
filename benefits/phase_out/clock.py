"""渐退期 by the clock: the family is told some thirty days before the end, once, however late and how often it runs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from applications import door
from applications.each import done_for_each
from benefits.models import PhaseOut, PhaseOutWarning
from benefits.phase_out import letters
from schemes.rules.schedule import last_of_month

# assumed: no text says how long before the end the family is told.
WARNED_BEFORE = timedelta(days=30)
A_CHUNK = 2000


def warn_of_ends(at: datetime) -> int:
    """Tell families whose phase-out ends within thirty days; how many were told. One that is over is not warned."""
    return done_for_each(_due(timezone.localdate(at)), lambda public_id: _warn(public_id, at))


def _due(today: date) -> Iterator[str]:
    """Cases to warn, by their public numbers, read a chunk at a time."""
    soon = last_month_to_warn(today)
    running = PhaseOut.objects.filter(state=PhaseOut.State.PHASING_OUT, warning__isnull=True)
    due = running.filter(last_month__gte=today.replace(day=1), last_month__lte=soon).order_by("pk")
    last = 0
    while chunk := list(due.filter(pk__gt=last).values_list("pk", "application__public_id")[:A_CHUNK]):
        yield from (public_id for _pk, public_id in chunk)
        last = chunk[-1][0]


def last_month_to_warn(today: date) -> date:
    """The first day of the latest month whose last day lies within thirty days of today."""
    horizon = today + WARNED_BEFORE
    this = horizon.replace(day=1)
    return this if last_of_month(this) <= horizon else (this - timedelta(days=1)).replace(day=1)


def _warn(public_id: str, at: datetime) -> bool:
    with door.open_case(public_id, user=None, at=at) as case:
        rows = PhaseOut.objects.select_for_update(of=("self",), no_key=True)
        phase_out = rows.get(application=case.application)
        done = PhaseOutWarning.objects.filter(phase_out=phase_out).exists()
        if phase_out.state != PhaseOut.State.PHASING_OUT or done:
            return False
        paper = letters.ending(case, phase_out)
        PhaseOutWarning.objects.create(phase_out=phase_out, paper=paper, warned_at=at)
        case.record("phase_out.warned")
    return True
