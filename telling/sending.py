"""Sending what waits: claimed by a lease, tried again with growing pauses, never twice at once.

A row is claimed by one conditional update, so of two workers one has it. The try is counted when it begins: a message
that kills its worker is given up in the end. Whoever dies between the gateway's yes and our note sends once more under
the same key, by which the gateway knows it. What waits for one person by one channel goes out together. A gateway may
be slow: what time it is, is asked anew for each message, and a run ends after a minute.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, QuerySet, Value, When

from people import vault
from telling import gateways, hours, words
from telling.contexts import RECIPIENT, TEXT
from telling.gateways import NotSent, Outgoing
from telling.kinds import ASKED_LASTS, all_kinds, kind
from telling.models import Notice

log = logging.getLogger(__name__)
# The clock that a run looks at, again and again.
Now = Callable[[], datetime]
# Longer than a gateway may take for one message (SMS_TIMEOUT, EMAIL_TIMEOUT).
LEASE = timedelta(minutes=5)
RUN = timedelta(seconds=60)
PAUSES = (1, 5, 30, 120, 720)  # minutes until the next try, after each; after the last it is given up
MESSAGES_A_RUN = 200
INTERRUPTED, TOO_LATE = "interrupted", "too_late"
Channel, State = Notice.Channel, Notice.State


def send_due(now: Now) -> int:
    """Send what is due for a minute at most; how many messages went out. What is left is due still.

    What somebody waits for goes first, then what waited longest.
    """
    sent, until = 0, now() + RUN
    for pk in _first_due(now()):
        if now() >= until:
            break
        group = _claimed(pk, now())
        if group:
            sent += _send(group, now)
    return sent


def count_due(at: datetime) -> int:
    """How many notices are to be sent now."""
    return _due(at).count()


def _first_due(at: datetime) -> list[int]:
    later = Case(When(kind__in=_asked(), then=Value(0)), default=Value(1))
    return list(_due(at).order_by(later, "next_try_at", "pk").values_list("pk", flat=True)[:MESSAGES_A_RUN])


def _due(at: datetime) -> QuerySet[Notice]:
    return _free(at).filter(next_try_at__lte=at)


def _free(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=at), state=State.QUEUED)


def _claimed(pk: int, at: datetime) -> list[Notice]:
    """The notices that go out with this one, ours until the lease ends; none when it is another's, or has to wait."""
    first = _due(at).filter(pk=pk).first()
    if first is None or _waits(first, at):
        return []
    token = secrets.token_hex(16)
    send_key = first.send_key or f"notice-{secrets.token_hex(12)}"
    mine = {"claim": token, "lease_until": at + LEASE, "send_key": send_key, "tries": F("tries") + 1}
    if not _due(at).filter(pk=pk, tries=first.tries).update(**mine):
        return []
    _with_it(first, at).update(**mine)
    ours = Notice.objects.filter(claim=token, state=State.QUEUED).select_related("data_key")
    return sorted(ours, key=lambda row: (row.pk != pk, row.pk))


def _with_it(first: Notice, at: datetime) -> QuerySet[Notice]:
    """What else goes out with a notice: at a later try what went with it before, at the first all that is due."""
    others = _free(at).exclude(pk=first.pk).filter(who=first.who, channel=first.channel)
    if first.send_key:
        return others.filter(send_key=first.send_key)
    asked = kind(first.kind).asked
    return others.none() if asked else others.filter(send_key="", next_try_at__lte=at).exclude(kind__in=_asked())


def _waits(first: Notice, at: datetime) -> bool:
    """Whether the hours of the night or the number a day hold it back; it is then due in the morning."""
    if kind(first.kind).asked:
        return False
    later = hours.sendable_from(at)
    if later <= at and _sent_today(first, at) >= hours.most_a_day():
        later = hours.next_morning(at)
    return later > at and bool(_due(at).filter(pk=first.pk).update(next_try_at=later))


def _sent_today(first: Notice, at: datetime) -> int:
    today = Notice.objects.filter(who=first.who, channel=first.channel, sent_at__gte=hours.start_of_day(at))
    return today.exclude(kind__in=_asked()).values("send_key").distinct().count()


def _asked() -> list[str]:
    """The kinds somebody waits for now: they go out alone, and do not count."""
    return [code for code, one in all_kinds().items() if one.asked]


def _send(group: list[Notice], now: Now) -> bool:
    """Send one message for all of them, and note how it went."""
    rows = Notice.objects.filter(pk__in=[row.pk for row in group], claim=group[0].claim, state=State.QUEUED)
    try:
        reference = _handed_over(group, now())
    except NotSent as failure:
        _note_failure(rows, group[0], failure, now())
        return False
    done = {"state": State.SENT, "sent_at": now(), "reference": reference[:80], "failure": ""}
    rows.update(next_try_at=None, lease_until=None, claim="", **done)
    return True


def _handed_over(group: list[Notice], at: datetime) -> str:
    """The gateway's reference. Raises NotSent."""
    first = group[0]
    if kind(first.kind).asked and at >= first.created_at + ASKED_LASTS:
        # A code that has ended says that it serves for minutes still, and nobody waits for it any more.
        raise NotSent(TOO_LATE, final=True)
    sender = gateways.gateway(first.channel)
    if sender is None:
        raise NotSent("no_gateway")
    if first.tries > len(PAUSES):
        raise NotSent(first.failure or INTERRUPTED, final=True)
    try:
        to = vault.decrypt(first.data_key, bytes(first.recipient), RECIPIENT)
        text = vault.decrypt(first.data_key, bytes(first.text), TEXT)
    except vault.VaultError as error:
        raise NotSent("unreadable", final=True) from error
    if len(group) > 1:
        text = words.several(len(group), first.language)
    try:
        return sender.send(_message(first, to, text))
    except NotSent:
        raise
    except Exception as error:
        # Its words may quote the message: the kind of error is all that is kept.
        log.error("notice %s could not be sent: %s", first.pk, type(error).__name__)
        raise NotSent(type(error).__name__) from error


def _message(first: Notice, to: str, text: str) -> Outgoing:
    if first.channel != Channel.EMAIL:
        return Outgoing(first.send_key, to, text)
    subject = words.mail_subject(first.tail, first.language)
    return Outgoing(first.send_key, to, words.mail_body(text, first.language), subject)


def _note_failure(rows: QuerySet[Notice], first: Notice, failure: NotSent, at: datetime) -> None:
    if failure.final or first.tries >= len(PAUSES):
        gone = {"state": State.GIVEN_UP, "settled_at": at, "next_try_at": None}
        rows.update(failure=failure.code, lease_until=None, claim="", **gone)
        return
    pause = timedelta(minutes=PAUSES[first.tries - 1])
    rows.update(failure=failure.code, lease_until=None, claim="", next_try_at=at + pause)
