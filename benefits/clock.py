"""What happens to benefits by the clock."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications.each import done_for_each
from audit import chain
from benefits.models import PhaseOut


def end_phase_outs(at: datetime) -> int:
    """End phase-out periods whose last month is over; safe to repeat and to run late."""
    this_month = timezone.localdate(at).replace(day=1)
    due = PhaseOut.objects.filter(state=PhaseOut.State.PHASING_OUT, last_month__lt=this_month)
    return done_for_each(list(due.values_list("pk", flat=True)), lambda pk: _end(pk, at))


def _end(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        phase_out = (
            PhaseOut.objects.select_for_update(of=("self",), no_key=True).select_related("application").get(pk=pk)
        )
        if phase_out.state != PhaseOut.State.PHASING_OUT:
            return False
        phase_out.end(at)
        phase_out.save()
        application = phase_out.application
        chain.append(application.stream, "phase_out.ended", actor="clock", at=at, subject=application.public_id)
    return True
