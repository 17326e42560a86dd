"""Appending to a stream's chain, inside the caller's transaction."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.hashing import GENESIS, canonical, digest, stamp
from audit.models import Event, StreamHead

AT_ONCE = 500
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
    """Append one event. `data` must hold no personal data in clear, and no floats: databases respell them.

    The stream head stays locked until the caller's transaction ends, so a stream has one writer at a time.
    """
    with transaction.atomic():
        head = locked_head(stream)
        event = Event(
            stream=stream,
            seq=head.seq + 1,
            action=action,
            actor=actor,
            on_behalf_of=on_behalf_of,
            subject=subject,
            data=_plain(data or {}),
            at=at,
            recorded_at=timezone.now(),
            previous=head.hash,
        )
        event.hash = digest(event.previous, content_of(event))
        event.save(force_insert=True)
        StreamHead.objects.filter(pk=stream).update(seq=event.seq, hash=event.hash, changed_at=event.recorded_at)
    return event


def append_each(
    subjects: dict[str, str], action: str, *, actor: str, at: datetime, data: dict[str, dict[str, Any]]
) -> list[Event]:
    """Append one event to each of many streams, in a few statements whatever their number.

    `subjects`: the subject by stream; `data` by stream too. The heads are locked in the order of their names, until the
    caller's transaction ends.
    """
    with transaction.atomic():
        heads, recorded_at = locked_heads(sorted(subjects)), timezone.now()
        events = []
        for head in heads:
            event = Event(
                stream=head.stream,
                seq=head.seq + 1,
                action=action,
                actor=actor,
                subject=subjects[head.stream],
                data=_plain(data.get(head.stream, {})),
                at=at,
                recorded_at=recorded_at,
                previous=head.hash,
            )
            event.hash = digest(event.previous, content_of(event))
            events.append(event)
            head.seq, head.hash, head.changed_at = event.seq, event.hash, recorded_at
        Event.objects.bulk_create(events, batch_size=AT_ONCE)
        StreamHead.objects.bulk_update(heads, ["seq", "hash", "changed_at"], batch_size=AT_ONCE)
    return events


def locked_heads(streams: list[str]) -> list[StreamHead]:
    """The heads of many streams, locked in the order of their names; new streams get one."""
    heads = StreamHead.objects.filter(pk__in=streams).order_by("pk")
    new = set(streams) - set(heads.values_list("pk", flat=True))
    if new:
        born = [StreamHead(stream=stream, seq=0, hash=GENESIS, changed_at=timezone.now()) for stream in sorted(new)]
        StreamHead.objects.bulk_create(born, ignore_conflicts=True, batch_size=AT_ONCE)
    return list(heads.select_for_update(no_key=True))


def locked_head(stream: str) -> StreamHead:
    """The head of a stream, locked until the caller's transaction ends; a new stream gets one."""
    heads = StreamHead.objects.select_for_update(no_key=True)
    head = heads.filter(pk=stream).first()
    if head is None:
        StreamHead.objects.get_or_create(
            stream=stream, defaults={"seq": 0, "hash": GENESIS, "changed_at": timezone.now()}
        )
        head = heads.get(pk=stream)
    return head


def record_read(actor: str, action: str, *, subject: str = "", data: dict[str, Any] | None = None) -> Event:
    """The event of a page that shows personal data, committed before the page is made: no event, no page.

    Raises RuntimeError inside a transaction, which could take the event back after the reader has seen the page.
    """
    with transaction.atomic(durable=True):
        return append(f"reader:{actor}", action, actor=actor, at=timezone.now(), subject=subject, data=data)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data as any database gives them back."""
    return json.loads(canonical(data), parse_float=_refuse, parse_constant=_refuse)


def _refuse(text: str) -> None:
    raise TypeError(f"an event holds no floats: {text}")
