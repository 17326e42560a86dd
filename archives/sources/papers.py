"""Papers issued in a case, byte for byte as they were made; those sealed by hand with the scan of that beside them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from archives.models import Piece
from archives.sources.base import PDF, Found, Member, day, pages_of
from papers import reading
from papers.models import Paper
from papers.seals import scans
from people.refusals import Conflict


def found(application: Application) -> Iterator[Found]:
    """Every paper, superseded ones too. Raises Conflict while one is still being made."""
    for paper in reading.papers_of(application.public_id):
        if paper.state != Paper.State.READY:
            text = _("文书%(number)s还没有生成，等它生成后再归档。")
            raise Conflict(text % {"number": paper.number}, code="paper_not_ready")
        yield Found(
            f"paper:{paper.pk}",
            paper.title,
            day(paper.issued_at),
            paper.number,
            pages_of(reading.pdf_bytes(paper), PDF),
            paper.pdf_sha256,
        )


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The PDF, and every scan of it under its seal. Raises Altered where a stored file is not the one that was kept."""
    paper = reading.papers_of(application.public_id).get(pk=int(piece.reference.removeprefix("paper:")))
    yield Member(".pdf", reading.pdf_bytes(paper))
    for number, scan in enumerate(paper.scans.select_related("paper__data_key").order_by("pk"), 1):
        yield Member(f"-scan-{number:02d}.pdf", scans.scan_bytes(scan))
