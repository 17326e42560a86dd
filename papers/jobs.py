"""Rendering by workers: idempotent, retried with growing pauses, safe when a worker is killed.

A worker claims a paper before it renders: the attempt is counted and the next one set, so that a paper whose worker
dies is simply due again later, and one that kills its workers ends as failed.
"""

import hashlib
import logging
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from papers import reading, rendering
from papers.models import Paper
from people import sealed_files

log = logging.getLogger(__name__)
PAUSES = (1, 5, 30, 120)  # minutes until the next attempt, after each; after the last the paper has failed
PAPERS_A_RUN = 50
INTERRUPTED = "Interrupted"


@task()
def render_paper(paper_id: int) -> bool:
    """Render one paper if it still waits and no other worker has it."""
    return render_one(paper_id)


def render_due(at: datetime) -> int:
    """Render papers whose time has come, the longest waiting first: what lost jobs and failures left behind."""
    waiting = _waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "id")
    return sum(render_one(pk) for pk in list(waiting.values_list("pk", flat=True)[:PAPERS_A_RUN]))


def render_all() -> int:
    """Render every paper that waits, now, whatever its next attempt; how many were made."""
    return sum(render_one(pk, patient=False) for pk in list(_waiting().order_by("id").values_list("pk", flat=True)))


def queue_again() -> int:
    """Give papers that failed another round of attempts; how many there were."""
    failed = Paper.objects.filter(state=Paper.State.FAILED)
    return failed.update(state=Paper.State.QUEUED, attempts=0, failure="", next_attempt_at=timezone.now())


def render_one(paper_id: int, *, patient: bool = True) -> bool:
    """Render a paper that waits; False when it is ready, failed, or another worker has it.

    `patient` leaves alone a paper whose next attempt is still to come.
    """
    paper = _waiting().select_related("data_key").filter(pk=paper_id).first()
    if paper is None or not _claim(paper, patient=patient):
        return False
    try:
        return _store(paper, rendering.render(reading.content(paper)))
    except Exception as error:
        log.exception("paper %s could not be rendered", paper_id)
        _note(paper, type(error).__name__)
        return False


def _waiting() -> QuerySet[Paper]:
    return Paper.objects.filter(state=Paper.State.QUEUED)


def _claim(paper: Paper, *, patient: bool) -> bool:
    """Count the attempt, if nobody else has since the paper was read. One statement: it needs no lock kept."""
    now = timezone.now()
    mine = _waiting().filter(pk=paper.pk, attempts=paper.attempts)
    if patient:
        mine = mine.filter(next_attempt_at__lte=now)
    if paper.attempts >= len(PAUSES):
        mine.update(state=Paper.State.FAILED, failure=paper.failure or INTERRUPTED)
        return False
    pause = timedelta(minutes=PAUSES[paper.attempts])
    claimed = mine.update(attempts=F("attempts") + 1, next_attempt_at=now + pause)
    paper.attempts += claimed
    return bool(claimed)


def _store(paper: Paper, pdf: bytes) -> bool:
    """Keep the file. Should another worker have been first, its bytes are the same, and these are thrown away."""
    name = sealed_files.put("papers", paper.data_key, pdf, reading.pdf_context(paper.verify_code))
    made = {"pdf": name, "pdf_sha256": hashlib.sha256(pdf).hexdigest(), "rendered_at": timezone.now()}
    stored = _waiting().filter(pk=paper.pk).update(state=Paper.State.READY, failure="", **made)
    if not stored:
        sealed_files.remove(name)
    return bool(stored)


def _note(paper: Paper, failure: str) -> None:
    """Keep the kind of error, whose words might quote the paper; the last attempt ends the waiting."""
    last = paper.attempts >= len(PAUSES)
    state = Paper.State.FAILED if last else Paper.State.QUEUED
    _waiting().filter(pk=paper.pk, attempts=paper.attempts).update(state=state, failure=failure)
