"""The chain of a case: its events with their hashes, so that it can be checked outside the system."""

from collections.abc import Iterator

from applications.models import Application
from archives.models import Piece
from archives.sources.base import Found, Member, data, day
from audit.chain import content_of
from audit.models import AnchoredHead, Event


def up_to(event: Event) -> Found:
    """The chain up to an event, the filing itself: its hash stands for all before it."""
    return Found(f"chain:{event.seq}", f"办理过程记录（第1–{event.seq}条）", day(event.at), sha256=event.hash)


def found(application: Application) -> Iterator[Found]:
    """The chain as it ends now."""
    last = Event.objects.filter(stream=application.stream).order_by("-seq").first()
    if last is not None:
        yield up_to(last)


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """Every event up to the filing, and what anchors say of them."""
    last = int(piece.reference.removeprefix("chain:"))
    events = Event.objects.filter(stream=application.stream, seq__lte=last).order_by("seq")
    anchored = AnchoredHead.objects.filter(stream=application.stream, seq__lte=last).select_related("anchor")
    yield data(
        {
            "stream": application.stream,
            "events": [content_of(one) | {"previous": one.previous, "hash": one.hash} for one in events],
            "anchors": [
                {"seq": one.seq, "hash": one.hash, "anchor": one.anchor_id, "anchor_hash": one.anchor.hash}
                for one in anchored.order_by("seq", "anchor")
            ],
        }
    )
