"""Many at once on a file of SQLite: places of a year, and one message of the outbox. A program of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from papers import numbering
from people import vault
from telling import sending
from telling.models import Notice

HANDS = 30


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What each of them got."""
    gate = Barrier(HANDS)

    def hand(_n: int) -> Any:
        gate.wait(timeout=30)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def place() -> int:
    """One takes a place."""
    with transaction.atomic():
        return numbering.take("quota:x")


def notice() -> Notice:
    """A message that somebody waits for, so that no night holds it back."""
    key, at = vault.new_data_key(), timezone.now()
    key.save()
    return Notice.objects.create(
        event="code:1",
        who="person:1",
        kind=sending._asked()[0],
        version=1,
        channel="sms",
        language="zh-hans",
        data_key=key,
        text=b"x",
        state="queued",
        created_at=at,
        next_try_at=at,
    )


def main() -> None:
    """Print whether places were numbered without gap or double, and how many have the message."""
    print(sorted(at_once(place)) == list(range(1, HANDS + 1)))  # noqa: T201 - its result
    waiting, at = notice(), timezone.now()
    got = at_once(lambda: len(sending._claimed(waiting.pk, at)))
    waiting.refresh_from_db()
    print(sum(got), waiting.tries)  # noqa: T201 - its result
