"""The thread of messages between the applicant and the office."""

from collections.abc import Iterator

from applications.messages import SEALED
from applications.models import Application, Message
from archives.models import Piece
from archives.sources.base import Found, Member, day, moment, page
from people import vault


def found(application: Application) -> Iterator[Found]:
    """The whole thread as one piece, where anything was written."""
    last = application.messages.order_by("pk").last()
    if last is not None:
        yield Found(f"messages:{last.pk}", f"往来留言（{application.messages.count()}条）", day(last.at))


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """Every message up to the last that was filed."""
    last = int(piece.reference.removeprefix("messages:"))
    thread = application.messages.filter(pk__lte=last).select_related("by", "office").order_by("pk")
    yield page(
        piece.title, (), [(_heading(one), vault.decrypt(application.data_key, one.text, SEALED)) for one in thread]
    )


def _heading(message: Message) -> str:
    by = f"{message.office.name} {message.by.full_name}" if message.from_official else "申请人"
    return f"{moment(message.at)} {by}"
