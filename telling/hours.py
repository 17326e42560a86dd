"""When nothing is sent: the hours of the night, and the day on which somebody got enough."""

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

FILE = Path(__file__).parent / "data" / "hours.toml"


@cache
def _hours() -> tuple[time, time, int]:
    found = tomllib.loads(FILE.read_text("utf-8"))
    return time.fromisoformat(found["quiet_from"]), time.fromisoformat(found["quiet_until"]), found["most_a_day"]


def most_a_day() -> int:
    """How many messages one person gets by one channel on one day."""
    return _hours()[2]


def sendable_from(at: datetime) -> datetime:
    """The moment itself, or, in quiet hours, the morning after them."""
    local = timezone.localtime(at)
    begin, end, _most = _hours()
    if local.time() >= begin:
        return _morning(local + timedelta(days=1))
    return _morning(local) if local.time() < end else at


def next_morning(at: datetime) -> datetime:
    """When what is over today's number is sent."""
    return _morning(timezone.localtime(at) + timedelta(days=1))


def start_of_day(at: datetime) -> datetime:
    """Midnight of that day, Beijing time."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _morning(local: datetime) -> datetime:
    end = _hours()[1]
    return local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
