"""Writing what is to be told, in the transaction of what happened; sending comes after it.

A thing is told once to one person by one channel, however often it is written (a unique row); the rows of the site are
there at once, the others wait for the worker (sending.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from people import vault
from people.models import DataKey
from schemes.texts import LocalText
from telling import hours, jobs, words
from telling.contexts import RECIPIENT, TEXT
from telling.kinds import Kind, kind, kind_for
from telling.models import Notice
from telling.recipients import Recipient

TAIL = 4
AT_ONCE = 200
Channel, State = Notice.Channel, Notice.State


@dataclass(frozen=True)
class About:
    """What a notice is about: a case by address and number, what the scheme is called, whose key seals it.

    `day`: the last day or the end that a text names, where it names one.
    """

    data_key: DataKey
    title: LocalText
    case_ref: str = ""
    number: str = ""
    day: date | None = None


def tell_of(action: str, data: Mapping[str, Any]) -> Kind | None:
    """What an event of a case tells its people; None for one that concerns officials only."""
    return kind_for(action, data)


@dataclass(frozen=True)
class Happened:
    """Something that happened, named for ever by `event`, and whom it is told."""

    event: str
    kind: str
    about: About
    people: Iterable[Recipient]


def tell(
    event: str, code: str, about: About, people: Iterable[Recipient], at: datetime, /, **more: str
) -> list[Notice]:
    """Write that something happened, for each of the people and by each of their channels.

    `event` names it for ever: written again, it adds nothing. `more` fills further places of the text. The caller's
    transaction holds it. Raises KeyError for a kind there is none of.
    """
    return tell_each([Happened(event, code, about, people)], at, **more)


def tell_each(happened: Iterable[Happened], at: datetime, **more: str) -> list[Notice]:
    """As `tell`, for many things at once, in one statement. What is about an erased case is told to nobody."""
    there = [one for one in happened if one.about.data_key.destroyed_at is None]
    rows = [row for one in there for person in one.people for row in _rows(one, person, at, more)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    if any(row.state == State.QUEUED and row.next_try_at <= at for row in rows):
        jobs.queue()
    return rows


def _rows(one: Happened, person: Recipient, at: datetime, more: Mapping[str, str]) -> Iterator[Notice]:
    told, about = kind(one.kind), one.about
    values = _values(about, person.language) | more
    common = {
        "event": one.event,
        "who": person.who,
        "user": person.user,
        "case_ref": about.case_ref,
        "opens": person.opens,
        "tail": about.number[-TAIL:],
        "kind": told.code,
        "version": told.version,
        "language": person.language,
        "data_key": about.data_key,
        "created_at": at,
    }
    if person.user is not None and not told.asked:
        text = vault.encrypt(about.data_key, told.site_text(person.language, values), TEXT)
        there = {"state": State.DELIVERED, "sent_at": at, "settled_at": at}
        yield Notice(channel=Channel.SITE, text=text, **there, **common)
    if not told.out_zh:
        return
    text = words.outgoing(told, person.language, values, shared=person.shared)
    due = at if told.asked else hours.sendable_from(at)
    for channel, address in person.addresses.items():
        sealed = {
            "text": vault.encrypt(about.data_key, text, TEXT),
            "recipient": vault.encrypt(about.data_key, address, RECIPIENT),
        }
        yield Notice(channel=channel, state=State.QUEUED, next_try_at=due, **sealed, **common)


def _values(about: About, language: str) -> dict[str, str]:
    return {
        "title": about.title.in_language(language),
        "number": about.number,
        "tail": about.number[-TAIL:],
        "day": words.day_words(about.day, language) if about.day else "",
    }


def forget_channel(who: str, channel: str, at: datetime) -> int:
    """What waits for somebody by a channel is not sent any more: they do not want it, or their address changed."""
    waiting = Notice.objects.filter(who=who, channel=channel, state=State.QUEUED)
    gone = {"state": State.GIVEN_UP, "failure": "unwanted", "settled_at": at, "next_try_at": None, "lease_until": None}
    with transaction.atomic():
        return waiting.update(**gone)
