"""Rendering by workers: idempotent, retried with growing pauses, safe when a worker is killed."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from papers import reading, rendering
from papers.models import Paper
from people import sealed_files

log = logging.getLogger(__name__)
PAUSES = (1, 5, 30, 120)  # minutes after each failed attempt; after the last the paper has failed
PAPERS_A_RUN = 20


@task()
def render_paper(paper_id: int) -> bool:
    """Render one paper if it still waits."""
    return render_one(paper_id)


def render_due(at: datetime) -> int:
    """Render some of the papers that wait and whose time has come: what a lost job left behind."""
    waiting = Paper.objects.filter(state=Paper.State.QUEUED, next_attempt_at__lte=at).order_by("next_attempt_at", "id")
    return sum(render_one(pk) for pk in list(waiting.values_list("pk", flat=True)[:PAPERS_A_RUN]))


def render_all() -> int:
    """Render every paper that waits, now."""
    waiting = Paper.objects.filter(state=Paper.State.QUEUED).order_by("id")
    return sum(render_one(pk) for pk in list(waiting.values_list("pk", flat=True)))


def render_one(paper_id: int) -> bool:
    """Render a paper that waits; False when it is ready, failed, or another worker has it."""
    paper = Paper.objects.select_related("data_key").filter(pk=paper_id, state=Paper.State.QUEUED).first()
    if paper is None:
        return False
    try:
        pdf = rendering.render(reading.content(paper))
    except Exception as error:
        log.exception("paper %s could not be rendered", paper_id)
        _failed(paper_id, type(error).__name__)
        return False
    return _store(paper, pdf)


def _store(paper: Paper, pdf: bytes) -> bool:
    """Rendering is deterministic, so the second of two workers would store the same bytes: it stores nothing."""
    name = sealed_files.put("papers", paper.data_key, pdf, reading.PDF_CONTEXT)
    stored = Paper.objects.filter(pk=paper.pk, state=Paper.State.QUEUED).update(
        state=Paper.State.READY,
        pdf=name,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        rendered_at=timezone.now(),
        failure="",
    )
    if not stored:
        sealed_files.remove(name)
    return bool(stored)


def _failed(paper_id: int, failure: str) -> None:
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        papers = Paper.objects.select_for_update(of=("self",), no_key=True, skip_locked=skip)
        paper = papers.filter(pk=paper_id, state=Paper.State.QUEUED).first()
        if paper is None:
            return
        paper.attempts += 1
        paper.failure = failure
        if paper.attempts > len(PAUSES):
            paper.state = Paper.State.FAILED
        else:
            paper.next_attempt_at = timezone.now() + timedelta(minutes=PAUSES[paper.attempts - 1])
        paper.save(update_fields=["attempts", "failure", "state", "next_attempt_at"])
