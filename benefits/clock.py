"""What happens to benefits by the clock."""

from datetime import datetime

from django.utils import timezone

from applications import door
from applications.each import done_for_many
from benefits import letters
from benefits.models import PhaseOut
from benefits.phase_out import many


def end_phase_outs(at: datetime) -> int:
    """End phase-out periods whose last month is over, and tell so by a paper; safe to repeat and to run late."""
    this_month = timezone.localdate(at).replace(day=1)
    due = PhaseOut.objects.filter(state=PhaseOut.State.PHASING_OUT, last_month__lt=this_month)
    return done_for_many(many.chunks(due), lambda cases: _end_all(cases, at), lambda case: _end(case, at))


def _end_all(public_ids: list[str], at: datetime) -> int:
    with door.open_many(public_ids, at=at) as cases:
        running = many.running(cases)
        PhaseOut.objects.filter(pk__in=[one.pk for one in running.values()]).move("end", ended_at=at)
        door.record_each([case for case in cases if case.application.pk in running], "phase_out.ended", at)
    return len(running)


def _end(public_id: str, at: datetime) -> bool:
    with door.open_case(public_id, user=None, at=at) as case:
        phase_outs = PhaseOut.objects.select_for_update(of=("self",), no_key=True)
        phase_out = phase_outs.get(application=case.application)
        if phase_out.state != PhaseOut.State.PHASING_OUT:
            return False
        phase_out.end(at)
        phase_out.save()
        letters.phase_out_end(case, phase_out)
        case.record("phase_out.ended")
    return True
