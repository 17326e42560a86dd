"""Reading papers back: frozen content, and the PDF as it was made."""

import hashlib

from django.db.models import QuerySet

from papers import content as contents
from papers.content import PaperContent
from papers.models import Paper
from people import sealed_files, vault

# Papers of a case that are for somebody else: whoever objected, the public, the office itself.
NOT_FOR_THE_APPLICANT = frozenset(
    {Paper.Kind.OBJECTION_REPLY, Paper.Kind.NOTICE_SHEET, Paper.Kind.VISIT_RECORD, Paper.Kind.BATCH_COVER}
)


class Altered(Exception):
    """What is stored is not what was issued. Nothing of it is shown."""


def content_context(verify_code: str) -> str:
    """Where the sealed content belongs: papers of one case share a key, and still cannot be exchanged."""
    return f"paper:{verify_code}:content"


def pdf_context(verify_code: str) -> str:
    """Where the sealed PDF belongs."""
    return f"paper:{verify_code}:pdf"


def content(paper: Paper) -> PaperContent:
    """The content as it was frozen. Raises Altered, KeyDestroyed or Undecipherable."""
    plain = vault.decrypt(paper.data_key, paper.content, content_context(paper.verify_code))
    if hashlib.sha256(plain.encode()).hexdigest() != paper.content_sha256:
        raise Altered(paper.number)
    return contents.from_json(plain)


def pdf_bytes(paper: Paper) -> bytes:
    """The PDF, byte for byte as it was made. Raises Altered, KeyDestroyed or Undecipherable."""
    pdf = sealed_files.get(paper.pdf, paper.data_key, pdf_context(paper.verify_code))
    if hashlib.sha256(pdf).hexdigest() != paper.pdf_sha256:
        raise Altered(paper.number)
    return pdf


def papers_for_applicant(case_ref: str) -> QuerySet[Paper]:
    """The papers of a case that its applicant may read, oldest first."""
    return papers_of(case_ref).exclude(kind__in=NOT_FOR_THE_APPLICANT)


def papers_of(case_ref: str) -> QuerySet[Paper]:
    """The papers of a case, oldest first."""
    return Paper.objects.filter(case_ref=case_ref).select_related("office", "data_key").order_by("pk")
