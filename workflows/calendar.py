"""Working days 工作日 and deadlines, by the loaded calendar (行政许可法 第八十二条: days are working days).

Days are Beijing days. A year that is not loaded raises CalendarMissing: a deadline is never guessed.
"""

import time
from calendar import isleap
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from django.utils import timezone
from django.utils.translation import gettext as _

from people.refusals import Refused
from workflows.models.calendar import CalendarDay

END_OF_DAY = clock_time(23, 59, 59)
ONE_DAY = timedelta(days=1)
# How long one process may go on with a year that another process has corrected.
FRESH_SECONDS = 60

_years: dict[int, tuple[float, frozenset[date]]] = {}


class CalendarMissing(Refused):
    """The working days of a year are not loaded, so a deadline in it cannot be said."""

    status = 503
    code = "calendar_missing"

    def __init__(self, year: int) -> None:
        self.year = year
        text = _("尚未装入%(year)s年的工作日历，无法计算期限。请联系管理员，按国务院办公厅公布的放假安排装入后再办理。")
        super().__init__(text % {"year": year})


def is_working_day(day: date) -> bool:
    """Whether offices work on a day. Raises CalendarMissing."""
    return day in _working_days(day.year)


def add_working_days(start: date, n: int) -> date:
    """The n-th working day after `start`, which itself is not counted (the day of the event does not count).

    `n` = 0 gives `start` back, working or not. Raises CalendarMissing, and ValueError for a negative `n`.
    """
    if n < 0:
        raise ValueError("deadlines are counted forward")
    day = start
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def add_natural_days(start: date, n: int) -> date:
    """The n-th calendar day after `start`; needs no loaded calendar. Raises ValueError for a negative `n`."""
    if n < 0:
        raise ValueError("deadlines are counted forward")
    return start + n * ONE_DAY


def next_working_day(day: date) -> date:
    """The day itself if offices work then, otherwise the first working day after it (民法典 第二百零三条)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_between(a: date, b: date) -> int:
    """Working days after `a` up to and including `b`; negative when `b` lies before `a`.

    It undoes add_working_days: working_days_between(a, add_working_days(a, n)) is n.
    """
    if b < a:
        return -working_days_between(b, a)
    return sum(is_working_day(a + number * ONE_DAY) for number in range(1, (b - a).days + 1))


def deadline(start: datetime, days: int, kind: str) -> datetime:
    """The end (23:59:59, Beijing) of the last day of a period that begins with an event at `start`.

    `kind` is "working" or "natural"; a natural period ends where it ends, also on a holiday (see
    next_working_day). Raises CalendarMissing, and ValueError for another kind or negative days.
    """
    add = {"working": add_working_days, "natural": add_natural_days}.get(kind)
    if add is None:
        raise ValueError(f"not a kind of days: {kind!r}")
    last = add(timezone.localdate(start), days)
    return timezone.make_aware(datetime.combine(last, END_OF_DAY))


def about(start: datetime, working_days: int) -> datetime:
    """So many working days on, or plain days where the calendar is not loaded: for reminders, never for a limit."""
    try:
        return deadline(start, working_days, "working")
    except CalendarMissing:
        return deadline(start, working_days, "natural")


def forget() -> None:
    """Drop what this process remembers of the calendar; called after a load."""
    _years.clear()


def _working_days(year: int) -> frozenset[date]:
    """The working days of a loaded year, remembered for a short while."""
    read_at, days = _years.get(year, (0.0, frozenset()))
    if not days or time.monotonic() - read_at > FRESH_SECONDS:
        days = _read_year(year)
        _years[year] = time.monotonic(), days
    return days


def _read_year(year: int) -> frozenset[date]:
    """The working days in the database. Raises CalendarMissing unless every day of the year is there."""
    rows = list(CalendarDay.objects.filter(date__year=year).values_list("date", "working"))
    if len(rows) != 365 + isleap(year):
        raise CalendarMissing(year)
    return frozenset(day for day, working in rows if working)
