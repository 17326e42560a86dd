"""Appending to a stream's chain, inside the caller's transaction."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.hashing import GENESIS, canonical, digest, stamp
from audit.models import Event, StreamHead

FIELDS = ("stream", "seq", "action", "actor", "on_behalf_of", "subject", "data")


def content_of(event: Event) -> dict[str, Any]:
    """What the event's hash covers."""
    content = {field: getattr(event, field) for field in FIELDS}
    return content | {"at": stamp(event.at), "recorded_at": stamp(event.recorded_at)}


def append(
    stream: str,
    action: str,
    *,
    actor: str,
    at: datetime,
    on_behalf_of: str = "",
    subject: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event. `data` must hold no personal data in clear.

    The stream head stays locked until the caller's transaction ends, so a stream has one writer at a time.
    """
    with transaction.atomic():
        head = _locked_head(stream)
        event = Event(
            stream=stream,
            seq=head.seq + 1,
            action=action,
            actor=actor,
            on_behalf_of=on_behalf_of,
            subject=subject,
            data=json.loads(canonical(data or {})),
            at=at,
            recorded_at=timezone.now(),
            previous=head.hash,
        )
        event.hash = digest(event.previous, content_of(event))
        event.save(force_insert=True)
        StreamHead.objects.filter(pk=stream).update(seq=event.seq, hash=event.hash, changed_at=event.recorded_at)
    return event


def _locked_head(stream: str) -> StreamHead:
    heads = StreamHead.objects.select_for_update(no_key=True)
    head = heads.filter(pk=stream).first()
    if head is None:
        StreamHead.objects.get_or_create(
            stream=stream, defaults={"seq": 0, "hash": GENESIS, "changed_at": timezone.now()}
        )
        head = heads.get(pk=stream)
    return head


def record_read(actor: str, action: str, *, subject: str = "", data: dict[str, Any] | None = None) -> Event:
    """The event of a page that showed personal data; appended before the page is sent (no event, no page)."""
    return append(f"reader:{actor}", action, actor=actor, at=timezone.now(), subject=subject, data=data)
