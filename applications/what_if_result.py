"""What a what-if run found, ready for tables and pictures: totals, by county, from what to what. Sums in yuan."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from applications.models.what_if import WhatIfChange, WhatIfRun, WhatIfSum
from people.models import Division
from schemes.rules.money import ZERO

MOST_BARS = 15
MOST_PAIRS = 12


@dataclass
class Totals:
    """Counts and sums of some of the compared cases."""

    cases: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    before: Decimal = ZERO
    after: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """What the draft would cost more (or, negative, less)."""
        return self.after - self.before

    def add(self, row: WhatIfSum) -> None:
        """Take in one stored row."""
        self.cases += row.cases
        self.changed += row.changed
        self.gained += row.cases if row.gained else 0
        self.lost += row.cases if row.lost else 0
        self.before += row.amount_before
        self.after += row.amount_after


@dataclass(frozen=True)
class AmountPair:
    """How many changed cases go from one sum to another; None where facts are missing."""

    before: Decimal | None
    after: Decimal | None
    cases: int


class Result:
    """Everything the result page shows; five queries."""

    def __init__(self, run: WhatIfRun) -> None:
        self.run = run
        self.rows = list(run.sums.all())

    @cached_property
    def total(self) -> Totals:
        """Over all counties."""
        return _added(self.rows)

    @cached_property
    def by_county(self) -> list[tuple[Division, Totals]]:
        """One row a county, in order of code."""
        grouped = defaultdict(list)
        for row in self.rows:
            grouped[row.county].append(row)
        places = Division.objects.in_bulk(grouped)
        return [(places[code], _added(grouped[code])) for code in sorted(grouped) if code in places]

    @property
    def most_moved(self) -> list[tuple[Division, Totals]]:
        """The counties to draw: those whose money changes most, in order of code."""
        ranked = sorted(self.by_county, key=lambda pair: -abs(pair[1].difference))[:MOST_BARS]
        return sorted(ranked, key=lambda pair: pair[0].pk)

    @cached_property
    def by_outcome(self) -> list[tuple[str, str, Totals]]:
        """From what to what: outcome before, outcome after, how many; the most frequent first."""
        grouped = defaultdict(list)
        for row in self.rows:
            grouped[row.get_before_display(), row.get_after_display()].append(row)
        pairs = [(before, after, _added(rows)) for (before, after), rows in grouped.items()]
        return sorted(pairs, key=lambda pair: (-pair[2].changed, -pair[2].cases))

    @cached_property
    def directions(self) -> dict[str, int]:
        """Of the cases that change, how many get more, less, the same (they come out differently otherwise)."""
        was, becomes = Coalesce("amount_before", ZERO), Coalesce("amount_after", ZERO)
        marked = WhatIfChange.objects.filter(run=self.run).annotate(was=was, becomes=becomes)
        return marked.aggregate(
            more=Count("pk", filter=Q(becomes__gt=F("was"))),
            less=Count("pk", filter=Q(becomes__lt=F("was"))),
            same=Count("pk", filter=Q(becomes=F("was"))),
        )

    @cached_property
    def amounts(self) -> list[AmountPair]:
        """The most frequent pairs of sums among the cases that change."""
        pairs = WhatIfChange.objects.filter(run=self.run).values("amount_before", "amount_after")
        counted = pairs.annotate(cases=Count("pk")).order_by("-cases", "amount_before", "amount_after")[:MOST_PAIRS]
        return [AmountPair(one["amount_before"], one["amount_after"], one["cases"]) for one in counted]

    @property
    def other_amounts(self) -> int:
        """How many changed cases are not in `amounts`."""
        return self.total.changed - sum(pair.cases for pair in self.amounts)


def _added(rows: Iterable[WhatIfSum]) -> Totals:
    total = Totals()
    for row in rows:
        total.add(row)
    return total
