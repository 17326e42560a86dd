"""Anchoring: once a minute all heads that moved are hashed into one more chain."""

import logging
from datetime import datetime

from django.db import transaction

from audit.hashing import GENESIS, digest, stamp
from audit.models import Anchor, StreamHead

log = logging.getLogger("audit.anchor")


def content_of(anchor: Anchor) -> dict:
    """What the anchor's hash covers."""
    return {"seq": anchor.seq, "at": stamp(anchor.at), "heads": anchor.heads}


def anchor_heads(at: datetime) -> Anchor | None:
    """Anchor the heads that moved since the last anchor; None when nothing moved.

    The hash is logged, so that a copy of the log outside the database can prove a later rewrite.
    """
    with transaction.atomic():
        last = Anchor.objects.select_for_update().order_by("-seq").first()
        moved = StreamHead.objects.order_by("stream")
        if last is not None:
            moved = moved.filter(changed_at__gte=last.at)
        known = {(stream, seq) for stream, seq, _ in last.heads} if last else set()
        heads = [[h.stream, h.seq, h.hash] for h in moved if (h.stream, h.seq) not in known]
        if not heads:
            return None
        anchor = Anchor(
            seq=last.seq + 1 if last else 1, at=at, heads=heads, previous=last.hash if last else GENESIS
        )
        anchor.hash = digest(anchor.previous, content_of(anchor))
        anchor.save(force_insert=True)
    log.info("anchor %d %s", anchor.seq, anchor.hash)
    return anchor
