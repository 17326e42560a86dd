"""What finance sees first: envelopes, what can be paid, and the last batches, office by office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count

from benefits.models import Budget
from payouts.models import Batch
from payouts.payable import Sums, payable_sums
from people.models import Office

BAR = 440
RECENT = 10


class Bar(NamedTuple):
    """An envelope as drawn, in drawing units of BAR: committed, then reserved besides, then what is free."""

    committed: int
    reserved: int
    free: int

    @property
    def reserved_from(self) -> int:
        """Where the second part begins."""
        return self.committed

    @property
    def free_from(self) -> int:
        """Where the third part begins."""
        return self.committed + self.reserved


@dataclass(frozen=True)
class Envelope:
    """One budget, named and drawn. `documents`: how many brought or took its money."""

    budget: Budget
    title: str
    bar: Bar
    documents: int


@dataclass(frozen=True)
class PayableScheme:
    """What of one scheme can be paid now."""

    code: str
    title: str
    sums: Sums


class NamedBatch(NamedTuple):
    """A batch and what its scheme is called."""

    batch: Batch
    title: str


@dataclass(frozen=True)
class OfficeOverview:
    """Everything of one finance bureau. The totals are those of the rows shown."""

    office: Office
    envelopes: list[Envelope]
    payable: list[PayableScheme]
    batches: list[NamedBatch]

    @property
    def payable_total(self) -> Sums:
        """All that can be paid now."""
        return total_of([row.sums for row in self.payable])

    @property
    def money(self) -> dict[str, Decimal]:
        """Columns of the envelopes added up: amount, reserved, committed, free."""
        names = ("amount", "reserved", "committed", "free")
        return {name: sum((getattr(row.budget, name) for row in self.envelopes), Decimal("0.00")) for name in names}


def overview(office: Office, titles: dict[str, str], year: int, at: datetime) -> OfficeOverview:
    """The overview of one finance bureau, with the envelopes of one year."""
    budgets = Budget.objects.filter(division=office.division_id, year=year).annotate(documents=Count("tranches"))
    payable = payable_sums(office, at)
    return OfficeOverview(
        office=office,
        envelopes=[
            Envelope(one, titles.get(one.scheme_code, one.scheme_code), bar(one), one.documents) for one in budgets
        ],
        payable=[PayableScheme(code, titles.get(code, code), sums) for code, sums in payable.items()],
        batches=named(office.batches.select_related("maker", "checker").order_by("-id")[:RECENT], titles),
    )


def years_of(offices: list[Office]) -> list[int]:
    """The years the bureaus have envelopes for, latest first."""
    budgets = Budget.objects.filter(division__in=[office.division_id for office in offices])
    return list(budgets.order_by("-year").values_list("year", flat=True).distinct())


def named(batches: Iterable[Batch], titles: dict[str, str]) -> list[NamedBatch]:
    """Batches with the titles of their schemes."""
    return [NamedBatch(batch, titles.get(batch.scheme_code, batch.scheme_code)) for batch in batches]


def bar(budget: Budget) -> Bar:
    """How long the three parts of an envelope are; what exists is at least one unit long."""
    if not budget.amount:
        return Bar(0, 0, BAR)
    committed = _length(budget.committed, budget.amount)
    reserved = _length(budget.reserved - budget.committed, budget.amount)
    return Bar(committed, reserved, max(0, BAR - committed - reserved))


def total_of(sums: list[Sums]) -> Sums:
    """Sums added up."""
    return Sums(sum(one.lines for one in sums), sum((one.total for one in sums), Decimal("0.00")))


def _length(part: Decimal, whole: Decimal) -> int:
    return max(1, int(part * BAR / whole)) if part else 0
