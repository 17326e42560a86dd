"""Papers issued in a case, byte for byte as they were made."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from archives.models import Piece
from archives.sources.base import PDF, Found, Member, day, pages_of
from papers import reading
from papers.models import Paper
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
    """The PDF. Raises Altered where the stored file is not the one that was issued."""
    paper = reading.papers_of(application.public_id).get(pk=int(piece.reference.removeprefix("paper:")))
    yield Member(".pdf", reading.pdf_bytes(paper))
