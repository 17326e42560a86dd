"""What happens to ex officio cases by the clock."""

from datetime import datetime

from applications import door
from approvals.models import Proceeding
from workflows import engine
from workflows.models import WorkItem


def end_terms(at: datetime) -> int:
    """Go on where the term for a statement is over and none came; the number of cases. Safe to repeat."""
    silent = Proceeding.objects.filter(outcome="", statement_at__isnull=True, reply_due__lt=at)
    waiting = WorkItem.objects.filter(
        case_id__in=silent.values("application"), closed_at__isnull=True, paused_at__isnull=False
    )
    cases = list(
        silent.filter(application__in=waiting.values("case_id")).values_list("application__public_id", flat=True)
    )
    return sum(_end(public_id, at) for public_id in sorted(cases))


def _end(public_id: str, at: datetime) -> bool:
    with door.open_case(public_id, user=None, at=at) as case:
        proceeding = Proceeding.objects.get(application=case.application)
        paused = WorkItem.objects.filter(process=case.process, closed_at__isnull=True, paused_at__isnull=False)
        if proceeding.statement_at is not None or proceeding.outcome or not paused.exists():
            return False
        engine.resume(case.process, at)
        case.record("ex_officio.term_over")
    return True
