"""Many phase-outs at once: read a chunk at a time, and sorted by whether somebody has to be written to.

A letter takes a number from its office's counter, which stays locked until the transaction ends: cases that get one are
done one by one, those that get none all in a few statements.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from applications.door import Case
from benefits.models import PhaseOut
from papers.models import Paper

A_CHUNK = 500


def chunks(phase_outs: QuerySet[PhaseOut]) -> Iterator[list[str]]:
    """The cases of these, by public number, some hundred at a time; who is written to in a chunk of their own."""
    last = 0
    ordered = phase_outs.order_by("pk")
    while rows := list(ordered.filter(pk__gt=last).values_list("pk", "application__public_id")[:A_CHUNK]):
        found = [public_id for _pk, public_id in rows]
        told = _written_to(found)
        silent = [public_id for public_id in found if public_id not in told]
        yield from ([public_id] for public_id in found if public_id in told)
        if silent:
            yield silent
        last = rows[-1][0]


def _written_to(public_ids: list[str]) -> set[str]:
    """Those of the cases whose phase-out a paper gave: its course is told by papers too."""
    papers = Paper.objects.filter(case_ref__in=public_ids, kind=Paper.Kind.PHASE_OUT)
    return set(papers.values_list("case_ref", flat=True))


def running(cases: list[Case]) -> dict[int, PhaseOut]:
    """The phase-outs of these cases that run, locked, by case."""
    rows = PhaseOut.objects.filter(application__in=[case.application.pk for case in cases])
    locked = rows.filter(state=PhaseOut.State.PHASING_OUT).order_by("pk").select_for_update(of=("self",), no_key=True)
    return {phase_out.application_id: phase_out for phase_out in locked}
