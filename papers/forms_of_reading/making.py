"""Large print is made by workers as papers are: claimed before rendering, retried with growing pauses, kept once."""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from papers import attempts, reading
from papers.engine.interface import kind_of, renderer
from papers.jobs import PAPERS_A_RUN
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
    if rendition is None or not attempts.claim(_waiting(), rendition, timezone.now()):
        return False
    try:
        # It is not signed: a seal is drawn on it only as a specimen.
        content = replace(reading.content(rendition.paper), layout=LARGE, sealed=False)
        return _store(rendition, renderer().render(content))
    except Exception as error:
        log.exception("rendition %s could not be made", rendition_id)
        attempts.note(_waiting(), rendition, kind_of(error))
        return False


def pdf_context(rendition: Rendition) -> str:
    """Where the sealed file belongs: no other paper's and no other form's can be put in its place."""
    return f"{reading.pdf_context(rendition.paper.verify_code)}:{rendition.form}"


def _waiting() -> QuerySet[Rendition]:
    return Rendition.objects.filter(state=Paper.State.QUEUED)


def _store(rendition: Rendition, pdf: bytes) -> bool:
    name = sealed_files.put(FOLDER, rendition.paper.data_key, pdf, pdf_context(rendition))
    made = {"pdf": name, "pdf_sha256": hashlib.sha256(pdf).hexdigest(), "rendered_at": timezone.now()}
    stored = _waiting().filter(pk=rendition.pk).update(state=Paper.State.READY, failure="", **made)
    if not stored:
        sealed_files.remove(name)
    return bool(stored)
