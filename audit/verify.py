"""Walking the chains: every event, every head, every anchor.

Each comparison is one statement, so events appended meanwhile do not disturb it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as one_after_another
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from audit import anchors, chain
from audit.hashing import GENESIS, digest
from audit.models import Anchor, AnchoredHead, Event, StreamHead

SENTENCES = {
    "missing": "{where} #{seq}: missing",
    "link": "{where} #{seq}: does not follow the event before it",
    "changed": "{where} #{seq}: content was changed",
    "end": "{where}: its end was cut or its head was changed",
    "head": "{where}: its head is gone",
    "anchored": "{where}: its head does not say truly how far it is anchored",
    "anchor": "{where} #{seq}: differs from what was anchored",
    "anchor_missing": "anchor {seq}: missing or out of order",
    "anchor_changed": "anchor {seq}: content was changed",
    "anchor_end": "the end of the anchor chain was cut or its head was changed",
    "log": "anchor {seq}: differs from the log",
}
LOGGED = re.compile(r"anchor (\d+) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Fault:
    """The first thing that does not hold: its kind (a key of SENTENCES), the stream and the number it concerns."""

    kind: str
    where: str = ""
    seq: int = 0

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(where=self.where, seq=self.seq)


class Verdict(NamedTuple):
    """How many events were walked, and the first fault, None when all holds."""

    events: int
    fault: Fault | None


def verify(log: Iterable[str] = ()) -> Verdict:
    """Walk everything. `log` are lines of the log outside the database: its anchors must be the ones found here."""
    return _verdict(Q(), _anchor_chain(), _logged(log))


def verify_stream(stream: str) -> Verdict:
    """Walk one stream, its head, and what the anchors say of it."""
    return _verdict(Q(stream=stream))


def _verdict(chosen: Q, *more: Iterator[Fault]) -> Verdict:
    count, fault = _walk(chosen)
    rest = one_after_another(_ends(chosen), _headless(chosen), _anchored(chosen), *more)
    return Verdict(count, fault or next(rest, None))


def _walk(chosen: Q) -> tuple[int, Fault | None]:
    count, stream, seq, previous = 0, "", 0, GENESIS
    for event in Event.objects.filter(chosen).order_by("stream", "seq").iterator(chunk_size=2000):
        count += 1
        if event.stream != stream:
            stream, seq, previous = event.stream, 0, GENESIS
        fault = _event_fault(event, seq + 1, previous)
        if fault:
            return count, fault
        seq, previous = event.seq, event.hash
    return count, None


def _event_fault(event: Event, seq: int, previous: str) -> Fault | None:
    if event.seq != seq:
        return Fault("missing", event.stream, seq)
    if event.previous != previous:
        return Fault("link", event.stream, event.seq)
    if event.hash != digest(event.previous, chain.content_of(event)):
        return Fault("changed", event.stream, event.seq)
    return None


def _ends(chosen: Q) -> Iterator[Fault]:
    """Heads that are not the last event of their stream, or lie about their anchors."""
    heads = StreamHead.objects.filter(chosen).exclude(pk=anchors.ANCHORS).order_by("stream")
    last = Event.objects.filter(stream=OuterRef("stream")).order_by("-seq")
    cut = ~Q(seq=Coalesce(Subquery(last.values("seq")[:1]), 0)) | ~Q(
        hash=Coalesce(Subquery(last.values("hash")[:1]), Value(GENESIS))
    )
    yield from (Fault("end", head.stream) for head in heads.filter(cut)[:1])
    known = AnchoredHead.objects.filter(stream=OuterRef("stream")).order_by("-seq").values("seq")
    lying = ~Q(anchored_seq=Coalesce(Subquery(known[:1]), 0))
    yield from (Fault("anchored", head.stream) for head in heads.filter(lying)[:1])


def _headless(chosen: Q) -> Iterator[Fault]:
    heads = StreamHead.objects.filter(pk=OuterRef("stream"))
    without = Event.objects.filter(chosen).filter(~Exists(heads)).order_by("stream", "seq")
    yield from (Fault("head", event.stream) for event in without[:1])


def _anchored(chosen: Q) -> Iterator[Fault]:
    """Anchored ends that are not among the events any more."""
    same = Event.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq"), hash=OuterRef("hash"))
    gone = AnchoredHead.objects.filter(chosen).filter(~Exists(same)).order_by("anchor_id", "stream")
    yield from (Fault("anchor", head.stream, head.seq) for head in gone[:1])


def _anchor_chain() -> Iterator[Fault]:
    previous, expected = GENESIS, 1
    for anchor in Anchor.objects.order_by("seq").prefetch_related("heads").iterator(chunk_size=500):
        if anchor.seq != expected or anchor.previous != previous:
            yield Fault("anchor_missing", seq=expected)
            return
        if anchor.hash != digest(previous, anchors.content_of(anchor, anchor.heads.all())):
            yield Fault("anchor_changed", seq=anchor.seq)
            return
        previous, expected = anchor.hash, anchor.seq + 1
    yield from _anchor_end()


def _anchor_end() -> Iterator[Fault]:
    last = Anchor.objects.order_by("-seq")
    truth = Q(
        seq=Coalesce(Subquery(last.values("seq")[:1]), 0),
        hash=Coalesce(Subquery(last.values("hash")[:1]), Value(GENESIS)),
    )
    tip = StreamHead.objects.filter(pk=anchors.ANCHORS)
    if not tip.filter(truth).exists() and (tip.exists() or last.exists()):
        yield Fault("anchor_end")


def _logged(log: Iterable[str]) -> Iterator[Fault]:
    for line in log:
        for seq, hash_ in LOGGED.findall(line):
            if not Anchor.objects.filter(seq=int(seq), hash=hash_).exists():
                yield Fault("log", seq=int(seq))
