"""Anchoring: once a minute all heads that moved are hashed into one more chain."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from audit import chain
from audit.hashing import digest, stamp
from audit.models import Anchor, AnchoredHead, StreamHead

log = logging.getLogger("audit.anchor")

# The head row of the anchor chain itself.
ANCHORS = "anchors"
HEADS_AN_ANCHOR = 5000


def content_of(anchor: Anchor, heads: Iterable[AnchoredHead]) -> dict[str, Any]:
    """What the anchor's hash covers."""
    ends = sorted([head.stream, head.seq, head.hash] for head in heads)
    return {"seq": anchor.seq, "at": stamp(anchor.at), "heads": ends}


def anchor_heads(at: datetime) -> Anchor | None:
    """Anchor the heads that moved since they were last anchored; None when nothing moved.

    A head that is being written just now is left to the next anchor. The hash is logged, so that a copy of the log
    outside the database can prove a later rewrite (`verify_audit --log`).
    """
    with transaction.atomic():
        tip = chain.locked_head(ANCHORS)
        moved = StreamHead.objects.exclude(pk=ANCHORS).filter(seq__gt=F("anchored_seq")).order_by("stream")
        heads = list(moved.select_for_update(skip_locked=True, no_key=True)[:HEADS_AN_ANCHOR])
        if not heads:
            return None
        anchor = _append(tip, heads, at)
    log.info("anchor %d %s", anchor.seq, anchor.hash)
    return anchor


def _append(tip: StreamHead, heads: list[StreamHead], at: datetime) -> Anchor:
    anchor = Anchor(seq=tip.seq + 1, at=at, previous=tip.hash)
    ends = [AnchoredHead(anchor=anchor, stream=head.stream, seq=head.seq, hash=head.hash) for head in heads]
    anchor.hash = digest(anchor.previous, content_of(anchor, ends))
    anchor.save(force_insert=True)
    AnchoredHead.objects.bulk_create(ends, batch_size=1000)
    StreamHead.objects.filter(pk__in=[head.pk for head in heads]).update(anchored_seq=F("seq"))
    StreamHead.objects.filter(pk=ANCHORS).update(seq=anchor.seq, hash=anchor.hash, changed_at=at)
    return anchor
