"""The months of a phase-out recomputed: pure, from the schedule that was granted and what changed since.

A stand is what holds from a month on; the last stand at or before a month says what that month pays, and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.money import ZERO
from schemes.rules.schedule import base_for


@dataclass(frozen=True)
class Stand:
    """What holds from the month `first` on: the assessment that says so, and the change that brought it (None: the
    decision itself). `over`: the phase-out is at an end, nothing is paid any more.
    """

    first: date
    assessment: Mapping[str, Any]
    change: int | None = None
    over: bool = False

    @property
    def cap(self) -> Decimal | None:
        """The most that a month's benefit may be, yuan; None without a cap."""
        found = (line["value"] for line in self.assessment["lines"] if line["code"] == "monthly_cap")
        cap = next(found, None)
        return None if cap is None else Decimal(cap)


@dataclass(frozen=True)
class Month:
    """One month, recomputed; sums in yuan. `stand` says by which facts."""

    first: date
    percent: Decimal
    base: Decimal
    supplement: Decimal
    stand: Stand

    @property
    def amount(self) -> Decimal:
        """What the month pays."""
        return self.base + self.supplement

    @property
    def period(self) -> str:
        """The month as lines of money name it: 2026-10."""
        return f"{self.first:%Y-%m}"


def recomputed(schedule: Sequence[Mapping[str, str]], benefit: Decimal, stands: Sequence[Stand]) -> list[Month]:
    """Every month of a granted schedule (in the contract's form), as the facts then in force have it.

    `stands` in the order they were settled, the decision's own first; `benefit` is the monthly benefit, yuan.
    """
    return [_month(line, benefit, stand_in(stands, date.fromisoformat(line["starts_on"]))) for line in schedule]


def stand_in(stands: Sequence[Stand], month: date) -> Stand:
    """The stand that holds in a month: of those that had begun, the last settled; before any, the decision's own."""
    begun = [stand for stand in stands if stand.first <= month]
    return begun[-1] if begun else stands[0]


def _month(line: Mapping[str, str], benefit: Decimal, stand: Stand) -> Month:
    first, percent = date.fromisoformat(line["starts_on"]), Decimal(line["percent"])
    if stand.over:
        return Month(first, percent, ZERO, ZERO, stand)
    return Month(first, percent, base_for(benefit, percent, stand.cap), Decimal(line["supplement"]), stand)
