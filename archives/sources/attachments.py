"""Papers handed in, those that were replaced later too, and those that were handed in after the decision."""

from collections.abc import Iterator

from applications import attachments
from applications.models import Application
from archives.models import Piece
from archives.sources import milestones
from archives.sources.base import Found, Member, day, pages_of

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def found(application: Application) -> Iterator[Found]:
    """Every file that was filed, named by what it was asked for as."""
    labels = {code: label.zh for code, label in attachments.BESIDE.items()}
    labels |= {paper.code: paper.label.zh for paper in application.definition.papers_asked}
    for row in application.attachments.filter(round__lte=application.round).order_by("round", "pk"):
        content = attachments.content_of(row)
        replaced = "（后已更换）" if row.replaced_at else ""
        yield Found(
            str(row.public_id),
            f"{labels.get(row.paper, row.paper)}{replaced}",
            day(row.added_at),
            pages=pages_of(content, row.content_type),
            sha256=row.sha256,
        )
    yield from milestones.found(application)


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The file as it was handed in."""
    if piece.reference.startswith(milestones.REFERENCE):
        yield from milestones.members(application, piece.reference)
        return
    row = application.attachments.select_related("application__data_key").get(public_id=piece.reference)
    yield Member(ENDINGS.get(row.content_type, ".bin"), attachments.content_of(row))
