"""渐退期 by the clock: the family is told some thirty days before the end, once, however late and how often it runs."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from applications import door
from applications.each import done_for_many
from benefits.models import PhaseOut, PhaseOutWarning
from benefits.phase_out import letters, many
from schemes.rules.schedule import last_of_month

# assumed: no text says how long before the end the family is told.
WARNED_BEFORE = timedelta(days=30)


def warn_of_ends(at: datetime) -> int:
    """Tell families whose phase-out ends within thirty days; how many were told. One that is over is not warned."""
    due = many.chunks(_due(timezone.localdate(at)))
    return done_for_many(due, lambda cases: _warn_all(cases, at), lambda public_id: _warn(public_id, at))


def _due(today: date) -> QuerySet[PhaseOut]:
    running = PhaseOut.objects.filter(state=PhaseOut.State.PHASING_OUT, warning__isnull=True)
    return running.filter(last_month__gte=today.replace(day=1), last_month__lte=last_month_to_warn(today))


def _warn_all(public_ids: list[str], at: datetime) -> int:
    with door.open_many(public_ids, at=at) as cases:
        running = many.running(cases)
        before = PhaseOutWarning.objects.filter(phase_out__in=running.values())
        warned = set(before.values_list("phase_out__application", flat=True))
        new = [case for case in cases if case.application.pk in running and case.application.pk not in warned]
        rows = (PhaseOutWarning(phase_out=running[case.application.pk], warned_at=at) for case in new)
        PhaseOutWarning.objects.bulk_create(rows)
        door.record_each(new, "phase_out.warned", at)
    return len(new)


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
