"""Schedules: whole calendar months of a time-bound benefit, and what each pays."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from schemes.rules.assessment import Instalment
from schemes.rules.money import half_up, percent_of


def months_after(day: date, count: int) -> Iterator[date]:
    """The first days of the `count` calendar months that follow the month of `day`."""
    first = day.year * 12 + day.month
    for index in range(first, first + count):
        yield date(index // 12, index % 12 + 1, 1)


def last_of_month(first: date) -> date:
    """The last day of the month that begins on this day."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def percent_in_month(taper: Sequence[Decimal], index: int) -> Decimal:
    """The percent of the month with this index, counted from 0; the last of the list repeats."""
    return taper[min(index, len(taper) - 1)]


def base_for(benefit: Decimal, percent: Decimal, cap: Decimal | None) -> Decimal:
    """So many percent of the benefit, half up to the fen, then capped (None: no cap)."""
    base = half_up(percent_of(percent, benefit))
    return base if cap is None else min(base, cap)


def phase_out_schedule(
    determined_on: date,
    months: int,
    taper: Sequence[Decimal],
    benefit: Decimal,
    cap: Decimal | None,
    supplement: Decimal,
) -> tuple[Instalment, ...]:
    """The months of a phase-out, from the month after the determination. The supplement is paid on top, whole."""
    percents = [percent_in_month(taper, index) for index in range(months)]
    return tuple(
        Instalment(first, last_of_month(first), percent, base_for(benefit, percent, cap), supplement)
        for first, percent in zip(months_after(determined_on, months), percents, strict=True)
    )
