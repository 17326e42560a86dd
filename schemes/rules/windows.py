"""When one can apply, and how many can be given: windows 申报期 and quotas 名额, both policy values.

A window is one or more periods, of days written 2026-09-01 or, for every year, 09-01.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemes.rules.parsing import BadValueError, day, whole

MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
LEAP_YEAR = "2024-"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; `yearly` when only month and day are given. It may pass the new year."""

    opens: str
    closes: str

    @property
    def yearly(self) -> bool:
        """Whether it comes back every year."""
        return bool(MONTH_DAY.fullmatch(self.opens))

    def holds(self, on: date) -> bool:
        """Whether a day lies in it."""
        today = on.isoformat()[5:] if self.yearly else on.isoformat()
        if self.yearly and self.opens > self.closes:
            return today >= self.opens or today <= self.closes
        return self.opens <= today <= self.closes

    def next_opening(self, on: date) -> date | None:
        """The first day after `on` on which it opens; None when it never does again."""
        if not self.yearly:
            opens = date.fromisoformat(self.opens)
            return opens if opens > on else None
        this_year = _in_year(self.opens, on.year)
        return this_year if this_year > on else _in_year(self.opens, on.year + 1)


@dataclass(frozen=True, slots=True)
class Window:
    """The periods in which one can apply."""

    periods: tuple[Period, ...]

    def is_open(self, on: date) -> bool:
        """Whether one can apply on a day."""
        return any(period.holds(on) for period in self.periods)

    def next_opening(self, on: date) -> date | None:
        """The next day on which it opens; None when it never does again."""
        found = [opening for period in self.periods if (opening := period.next_opening(on))]
        return min(found, default=None)


def window(raw: Any) -> Window:
    """[{"opens": "09-01", "closes": "10-15"}, …]. Raises BadValueError."""
    if not isinstance(raw, (list, tuple)) or not raw:
        raise BadValueError("应为一个或多个申报期", "must be one or more periods")
    return Window(tuple(_period(one) for one in raw))


def quota(raw: Any) -> int:
    """{"per_year": 220}: how many can be granted in a calendar year. Raises BadValueError."""
    if not isinstance(raw, Mapping) or set(raw) != {"per_year"}:
        raise BadValueError("应为 {per_year: 每年名额}", "must be an object with per_year")
    return whole(raw["per_year"])


def _period(raw: Any) -> Period:
    if not isinstance(raw, Mapping) or set(raw) != {"opens", "closes"}:
        raise BadValueError("每个申报期应有 opens 和 closes", "each period has opens and closes")
    found = Period(_day_or_month_day(raw["opens"]), _day_or_month_day(raw["closes"]))
    if len(found.opens) != len(found.closes):
        raise BadValueError("opens 和 closes 应写成同一种日期", "opens and closes must be written alike")
    if not found.yearly and found.opens > found.closes:
        raise BadValueError("截止日不能早于开始日", "it must not close before it opens")
    return found


def _day_or_month_day(raw: Any) -> str:
    if isinstance(raw, str) and MONTH_DAY.fullmatch(raw):
        _ = day(LEAP_YEAR + raw)
        return raw
    return day(raw).isoformat()


def _in_year(month_day: str, year: int) -> date:
    """The day in a year; 29 February becomes 1 March where there is none."""
    month, number = int(month_day[:2]), int(month_day[3:])
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, 3, 1)
