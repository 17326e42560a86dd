"""Asking for a paper in large print, and reading it back."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from papers.forms_of_reading.making import make_rendition, pdf_context
from papers.models import Form, Paper, Rendition
from papers.reading import Altered
from people import sealed_files
from people.refusals import Conflict


def ask(paper: Paper, at: datetime) -> Rendition:
    """Queue the large print of a paper, once; one that failed is tried anew. Raises Conflict for a void paper."""
    if paper.status == Paper.Status.VOID:
        raise Conflict(_("这份文书已经作废，没有其他版本。"), code="void")
    with transaction.atomic():
        due = {"asked_at": at, "next_attempt_at": timezone.now()}
        rendition, _new = Rendition.objects.get_or_create(paper=paper, form=Form.LARGE, defaults=due)
        failed = Rendition.objects.filter(pk=rendition.pk, state=Paper.State.FAILED)
        failed.update(state=Paper.State.QUEUED, attempts=0, failure="", next_attempt_at=due["next_attempt_at"])
        transaction.on_commit(lambda: make_rendition.enqueue(rendition.pk))
    return rendition


def large_print_of(paper: Paper) -> Rendition | None:
    """The large print of a paper, if anybody asked for it."""
    return Rendition.objects.filter(paper=paper, form=Form.LARGE).first()


def pdf_bytes(rendition: Rendition) -> bytes:
    """The file, byte for byte as it was made. Raises Altered, KeyDestroyed or Undecipherable."""
    pdf = sealed_files.get(rendition.pdf, rendition.paper.data_key, pdf_context(rendition))
    if hashlib.sha256(pdf).hexdigest() != rendition.pdf_sha256:
        raise Altered(rendition.paper.number)
    return pdf
