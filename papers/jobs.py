"""Rendering by workers: idempotent, retried with growing pauses, safe when a worker is killed (see attempts.py)."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from papers import attempts, reading
from papers.content import PaperContent
from papers.engine.interface import kind_of, renderer
from papers.engine.together import rendered
from papers.models import Paper
from papers.seals import sealing
from papers.seals.faults import SealFault
from people import sealed_files

log = logging.getLogger(__name__)
PAPERS_A_RUN = 50
PAPERS_A_PROCESS = 10  # beside the one a job is for: so many the other processes may make meanwhile


@task()
def render_paper(paper_id: int) -> int:
    """Render one paper if it still waits and no other worker has it, and others that are due beside it.

    One worker so keeps all processes of the renderer at work; the jobs of those papers find nothing left to do.
    """
    due = _due(timezone.now()).exclude(pk=paper_id).values_list("pk", flat=True)
    beside = (renderer().processes - 1) * PAPERS_A_PROCESS
    return _render((paper_id, *due[:beside]), patient=True)


def render_due(at: datetime) -> int:
    """Render papers whose time has come, the longest waiting first: what lost jobs and failures left behind."""
    return _render(_due(at).values_list("pk", flat=True)[:PAPERS_A_RUN], patient=True)


def render_all() -> int:
    """Render every paper that waits, now, whatever its next attempt; how many were made."""
    return _render(_waiting().order_by("id").values_list("pk", flat=True), patient=False)


def queue_again() -> int:
    """Give all papers that failed another round of attempts; how many there were."""
    with transaction.atomic():
        return len(queue_failed(list(_failed_ones().values_list("pk", flat=True)), timezone.now()))


def queue_failed(paper_ids: list[int], at: datetime) -> list[Paper]:
    """Give those of the papers that failed another round, in the caller's transaction; as they were until now."""
    taken = list(_failed_ones().filter(pk__in=paper_ids).select_for_update(of=("self",), no_key=True).order_by("pk"))
    anew = {"state": Paper.State.QUEUED, "attempts": 0, "failure": "", "next_attempt_at": at}
    Paper.objects.filter(pk__in=[paper.pk for paper in taken]).update(**anew)
    for paper in taken:
        transaction.on_commit(partial(render_paper.enqueue, paper.pk))
    return taken


def render_one(paper_id: int, *, patient: bool = True) -> bool:
    """Render a paper that waits; False when it is ready, failed, or another worker has it.

    `patient` leaves alone a paper whose next attempt is still to come.
    """
    return bool(_render((paper_id,), patient=patient))


def _render(paper_ids: Iterable[int], *, patient: bool) -> int:
    """Render the papers that wait, as many at once as the renderer can; how many were made."""
    claimed = (paper for pk in list(paper_ids) if (paper := _claimed(pk, patient=patient)))
    return sum(_keep(paper, outcome) for paper, outcome in rendered(renderer(), _readable(claimed)))


def _readable(papers: Iterable[Paper]) -> Iterator[tuple[Paper, PaperContent]]:
    """Papers with their contents; one that cannot be read has failed at that."""
    for paper in papers:
        try:
            content = reading.content(paper)
        except Exception as error:  # noqa: BLE001 - noted, and tried again
            _failed(paper, error)
        else:
            yield paper, content


def _keep(paper: Paper, outcome: bytes | Exception) -> bool:
    """Store what was made, or note what went wrong."""
    if isinstance(outcome, Exception):
        return _failed(paper, outcome)
    try:
        return _store(paper, outcome)
    except Exception as error:  # noqa: BLE001 - noted, and tried again
        return _failed(paper, error)


def _failed(paper: Paper, error: Exception) -> bool:
    log.error("paper %s could not be rendered", paper.pk, exc_info=error)
    attempts.note(_waiting(), paper, kind_of(error), final=isinstance(error, SealFault))
    return False


def _waiting() -> QuerySet[Paper]:
    return Paper.objects.filter(state=Paper.State.QUEUED)


def _failed_ones() -> QuerySet[Paper]:
    return Paper.objects.filter(state=Paper.State.FAILED)


def _due(at: datetime) -> QuerySet[Paper]:
    return _waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "id")


def _claimed(paper_id: int, *, patient: bool) -> Paper | None:
    """The paper, if it waits and is now ours to render."""
    paper = _waiting().select_related("data_key", "seal").filter(pk=paper_id).first()
    mine = paper is not None and attempts.claim(_waiting(), paper, timezone.now(), patient=patient)
    return paper if mine else None


def _store(paper: Paper, pdf: bytes) -> bool:
    """Seal and keep the file. Should another worker have been first, its bytes are the same; these are thrown away."""
    now, sealed = timezone.now(), sealing.seal(paper, pdf)
    name = sealed_files.put("papers", paper.data_key, sealed.pdf, reading.pdf_context(paper.verify_code))
    made = {"pdf": name, "rendered_at": now, **sealed.columns}
    try:
        with transaction.atomic():
            stored = _waiting().filter(pk=paper.pk).update(state=Paper.State.READY, failure="", **made)
            if stored:
                sealing.enter(paper, sealed, now)
    except BaseException:
        sealed_files.remove(name)
        raise
    if not stored:
        sealed_files.remove(name)
    return bool(stored)
