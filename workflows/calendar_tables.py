"""Tables of holidays and how they become the working-day calendar.

A table is a CSV of one year that holds only exceptions: weekdays off and weekend days worked, with the
columns date,working(yes|no),name,name_en,basis(stated|assumed),source. All other days follow the week.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from workflows import calendar
from workflows.models import CalendarDay

VENDORED = Path(__file__).resolve().parent / "data" / "calendar"
COLUMNS = ("working", "name", "name_en", "basis", "source")
SATURDAY = 5
WORKING = {"yes": True, "no": False}


class BadTable(ValueError):
    """A table that cannot be a year's holidays; the message names file and line."""


@dataclass(frozen=True)
class YearTable:
    """One year's exceptions, with the basis and source that hold for all its days."""

    year: int
    basis: str
    source: str
    exceptions: dict[date, CalendarDay]

    def days(self) -> Iterator[CalendarDay]:
        """Every day of the year, unsaved."""
        day = date(self.year, 1, 1)
        while day.year == self.year:
            yield self.exceptions.get(day) or self._ordinary(day)
            day += timedelta(days=1)

    def _ordinary(self, day: date) -> CalendarDay:
        return CalendarDay(date=day, working=day.weekday() < SATURDAY, basis=self.basis, source=self.source)


def read_table(path: Path) -> YearTable:
    """Read and check one table. Raises BadTable."""
    with path.open(encoding="utf-8-sig", newline="") as table:
        days = [_read_row(path, number, row) for number, row in enumerate(csv.DictReader(table), start=2)]
    exceptions = {day.date: day for day in days}
    years = {day.year for day in exceptions}
    headings = {(day.basis, day.source) for day in days}
    if len(years) != 1 or len(headings) != 1 or len(exceptions) != len(days):
        raise BadTable(f"{path.name}: one year, one basis and one source are expected, and no day twice")
    basis, source = headings.pop()
    return YearTable(years.pop(), basis, source, exceptions)


def load_table(table: YearTable) -> str:
    """Bring one year into the database; repeating it writes nothing. Returns what happened:
    "loaded", "changed", "unchanged", or "kept" where an assumed table met a stated year.
    """
    rows = CalendarDay.objects.filter(date__year=table.year).values_list("date", *COLUMNS)
    before = {day: tuple(values) for day, *values in rows}
    if table.basis == CalendarDay.Basis.ASSUMED and any(CalendarDay.Basis.STATED in row for row in before.values()):
        return "kept"
    wanted = [day for day in table.days() if before.get(day.date) != tuple(getattr(day, name) for name in COLUMNS)]
    CalendarDay.objects.bulk_create(wanted, update_conflicts=True, unique_fields=["date"], update_fields=COLUMNS)
    calendar.forget()
    transaction.on_commit(calendar.forget)
    if not wanted:
        return "unchanged"
    return "changed" if before else "loaded"


def _read_row(path: Path, number: int, row: dict[str, str]) -> CalendarDay:
    """One exception. Raises BadTable where it is none, or where a cell cannot be read."""
    try:
        day, working = date.fromisoformat(row["date"]), WORKING[row["working"]]
        basis = CalendarDay.Basis(row["basis"])
        names = {"name": row["name"], "name_en": row["name_en"]}
    except (KeyError, ValueError, TypeError) as error:
        raise BadTable(f"{path.name}, line {number}: {error}") from error
    if working == (day.weekday() < SATURDAY):
        raise BadTable(f"{path.name}, line {number}: {day} follows the week and is no exception")
    return CalendarDay(date=day, working=working, basis=basis.value, source=row["source"], **names)
