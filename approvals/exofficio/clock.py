"""What happens to ex officio cases by the clock."""

from datetime import datetime

from django.db.models import QuerySet

from applications import door
from applications.each import done_for_each
from approvals.models import Proceeding
from workflows import engine
from workflows.models import WorkItem


def end_terms(at: datetime) -> int:
    """Go on where the term for a statement is over and none came; the number of cases. Safe to repeat."""
    silent = Proceeding.objects.filter(outcome="", statement_at__isnull=True, reply_due__lt=at)
    waiting = _waiting().filter(case_id__in=silent.values("application"))
    cases = list(
        silent.filter(application__in=waiting.values("case_id")).values_list("application__public_id", flat=True)
    )
    return done_for_each(sorted(cases), lambda public_id: _end(public_id, at))


def _end(public_id: str, at: datetime) -> bool:
    with door.open_case(public_id, user=None, at=at) as case:
        proceeding = Proceeding.objects.get(application=case.application)
        waiting = _waiting().filter(process=case.process)
        if proceeding.statement_at is not None or proceeding.outcome or not waiting.exists():
            return False
        engine.resume(case.process, at)
        case.record("ex_officio.term_over")
    return True


def _waiting() -> QuerySet[WorkItem]:
    """Seats that wait for a statement; a clock that an official stopped, for a hearing say, is started by others."""
    return WorkItem.objects.filter(closed_at__isnull=True, paused_at__isnull=False, pause_reason="")
