"""Walking the chains: every event, every head, every anchor."""

from collections.abc import Iterator

from audit import anchors, chain
from audit.hashing import GENESIS, digest
from audit.models import Anchor, Event, StreamHead


def verify() -> tuple[int, str]:
    """Number of events walked and the first fault ("" when all holds)."""
    count, tips = 0, {}
    for event in Event.objects.order_by("stream", "seq").iterator(chunk_size=2000):
        count += 1
        seq, previous = tips.get(event.stream, (0, GENESIS))
        fault = _event_fault(event, seq + 1, previous)
        if fault:
            return count, fault
        tips[event.stream] = (event.seq, event.hash)
    return count, next(_head_faults(tips), "") or next(_anchor_faults(), "")


def _event_fault(event: Event, seq: int, previous: str) -> str:
    if event.seq != seq:
        return f"{event.stream} #{seq}: missing (next is #{event.seq})"
    if event.previous != previous:
        return f"{event.stream} #{event.seq}: does not follow #{event.seq - 1}"
    if event.hash != digest(event.previous, chain.content_of(event)):
        return f"{event.stream} #{event.seq}: content was changed"
    return ""


def _head_faults(tips: dict[str, tuple[int, str]]) -> Iterator[str]:
    heads = {head.stream: (head.seq, head.hash) for head in StreamHead.objects.iterator()}
    for stream in sorted(heads.keys() | tips.keys()):
        if heads.get(stream, (0, GENESIS)) != tips.get(stream, (0, GENESIS)):
            yield f"{stream}: its end was cut or its head was changed"


def _anchor_faults() -> Iterator[str]:
    previous, expected = GENESIS, 1
    for anchor in Anchor.objects.order_by("seq").iterator():
        if anchor.seq != expected or anchor.previous != previous:
            yield f"anchor {expected}: missing or out of order"
            return
        if anchor.hash != digest(previous, anchors.content_of(anchor)):
            yield f"anchor {anchor.seq}: content was changed"
            return
        yield from _anchored_faults(anchor)
        previous, expected = anchor.hash, anchor.seq + 1


def _anchored_faults(anchor: Anchor) -> Iterator[str]:
    found = {
        (event.stream, event.seq): event.hash
        for event in Event.objects.filter(stream__in=[stream for stream, _, _ in anchor.heads]).only(
            "stream", "seq", "hash"
        )
    }
    for stream, seq, hash_ in anchor.heads:
        if found.get((stream, seq)) != hash_:
            yield f"{stream} #{seq}: differs from anchor {anchor.seq}"
