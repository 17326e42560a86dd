"""Reading papers back: frozen content, and the PDF as it was made."""

import hashlib
import json

from django.db.models import QuerySet

from papers import content as contents
from papers.content import PaperContent
from papers.models import Paper
from people import sealed_files, vault

CONTENT_CONTEXT = "paper"
PDF_CONTEXT = "paper.pdf"


class Altered(Exception):
    """What is stored is not what was issued. Nothing of it is shown."""


def content(paper: Paper) -> PaperContent:
    """The content as it was frozen. Raises Altered."""
    plain = vault.decrypt(paper.data_key, paper.content, CONTENT_CONTEXT)
    if hashlib.sha256(plain.encode()).hexdigest() != paper.content_sha256:
        raise Altered(paper.number)
    return contents.from_data(json.loads(plain))


def pdf_bytes(paper: Paper) -> bytes:
    """The PDF, byte for byte as it was made. Raises Altered."""
    pdf = sealed_files.get(paper.pdf, paper.data_key, PDF_CONTEXT)
    if hashlib.sha256(pdf).hexdigest() != paper.pdf_sha256:
        raise Altered(paper.number)
    return pdf


def papers_of(case_ref: str) -> QuerySet[Paper]:
    """The papers of a case, oldest first."""
    return Paper.objects.filter(case_ref=case_ref).select_related("office", "data_key").order_by("pk")
