"""Large print is made by workers as papers are: claimed before rendering, retried with growing pauses, kept once."""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from papers import reading
from papers.engine.interface import kind_of, renderer
from papers.jobs import INTERRUPTED, PAPERS_A_RUN, PAUSES
from papers.layouts import LARGE
from papers.models import Paper, Rendition
from people import sealed_files

log = logging.getLogger(__name__)
FOLDER = "renditions"


@task()
def make_rendition(rendition_id: int) -> bool:
    """Make one if it still waits and no other worker has it."""
    return make_one(rendition_id)


def make_waiting(at: datetime) -> int:
    """Make those whose time has come: what lost jobs and failures left behind; how many were made."""
    due = _waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "id").values_list("pk", flat=True)
    return sum(make_one(pk) for pk in list(due[:PAPERS_A_RUN]))


def make_one(rendition_id: int) -> bool:
    """Make one that waits and is due; False when it is ready, failed, or another worker has it."""
    rendition = _waiting().select_related("paper__data_key").filter(pk=rendition_id).first()
    if rendition is None or not _claim(rendition):
        return False
    try:
        # It is not signed: a seal is drawn on it only as a specimen.
        content = replace(reading.content(rendition.paper), layout=LARGE, sealed=False)
        return _store(rendition, renderer().render(content))
    except Exception as error:
        log.exception("rendition %s could not be made", rendition_id)
        _note(rendition, kind_of(error))
        return False


def pdf_context(rendition: Rendition) -> str:
    """Where the sealed file belongs: no other paper's and no other form's can be put in its place."""
    return f"{reading.pdf_context(rendition.paper.verify_code)}:{rendition.form}"


def _waiting() -> QuerySet[Rendition]:
    return Rendition.objects.filter(state=Paper.State.QUEUED)


def _claim(rendition: Rendition) -> bool:
    """Count the attempt, if nobody else has since the row was read."""
    now = timezone.now()
    mine = _waiting().filter(pk=rendition.pk, attempts=rendition.attempts, next_attempt_at__lte=now)
    if rendition.attempts >= len(PAUSES):
        mine.update(state=Paper.State.FAILED, failure=rendition.failure or INTERRUPTED)
        return False
    pause = timedelta(minutes=PAUSES[rendition.attempts])
    claimed = mine.update(attempts=F("attempts") + 1, next_attempt_at=now + pause)
    rendition.attempts += claimed
    return bool(claimed)


def _store(rendition: Rendition, pdf: bytes) -> bool:
    name = sealed_files.put(FOLDER, rendition.paper.data_key, pdf, pdf_context(rendition))
    made = {"pdf": name, "pdf_sha256": hashlib.sha256(pdf).hexdigest(), "rendered_at": timezone.now()}
    stored = _waiting().filter(pk=rendition.pk).update(state=Paper.State.READY, failure="", **made)
    if not stored:
        sealed_files.remove(name)
    return bool(stored)


def _note(rendition: Rendition, failure: str) -> None:
    """Keep the kind of error; the last attempt ends the waiting."""
    last = rendition.attempts >= len(PAUSES)
    state = Paper.State.FAILED if last else Paper.State.QUEUED
    _waiting().filter(pk=rendition.pk, attempts=rendition.attempts).update(state=state, failure=failure)
