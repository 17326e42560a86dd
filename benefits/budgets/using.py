"""What became of the money of envelopes: by fund and document, and what is to be paid month by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Avg, Count, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from benefits.models import Budget, Due, Tranche

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Used:
    """How far the money of one document got, in yuan: each is a part of the one before it."""

    allotted: Decimal
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        """What can still be granted."""
        return self.allotted - self.reserved


@dataclass
class Poured:
    """A document of an envelope and what was used of it."""

    tranche: Tranche
    used: Used = field(default_factory=lambda: Used(ZERO))


def by_document(tranches: Iterable[Tranche], used: Used) -> list[Poured]:
    """The use of an envelope spread over the documents that brought its money.

    # assumed: first come, first used 先到先用; what was taken out again is taken from the last that came.
    """
    brought = [Poured(one) for one in tranches if one.amount > 0]
    taken = sum((one.amount for one in tranches if one.amount < 0), ZERO)
    held = _drained([one.tranche.amount for one in brought], -taken)
    parts = [_filled(held, sum_) for sum_ in (used.reserved, used.committed, used.paid, used.returned)]
    for one, amount, *got in zip(brought, held, *parts, strict=True):
        one.used = Used(amount, *got)
    return brought


def _drained(amounts: list[Decimal], taken: Decimal) -> list[Decimal]:
    """Amounts after a sum was taken from the last ones."""
    left = list(amounts)
    for n in reversed(range(len(left))):
        part = min(left[n], taken)
        left[n] -= part
        taken -= part
    return left


def _filled(held: list[Decimal], used: Decimal) -> list[Decimal]:
    """How a sum fills amounts, the first ones first."""
    parts = []
    for amount in held:
        part = min(amount, used)
        parts.append(part)
        used -= part
    return parts


@dataclass(frozen=True)
class Month:
    """What becomes payable in a month out of an envelope and was not stopped: how many lines, how much in yuan."""

    first: date
    count: int
    total: Decimal


def by_month(dues: QuerySet[Due]) -> list[Month]:
    """Commitments month by month, oldest first, from the dues that stand; an instalment when it should be reached."""
    expected = Coalesce("milestone__due_on", "payable_from")
    months = dues.filter(stop__isnull=True).order_by().annotate(month=TruncMonth(expected))
    rows = months.values("month").annotate(count=Count("pk"), total=Sum("amount")).order_by("month")
    return [Month(row["month"], row["count"], row["total"]) for row in rows]


@dataclass(frozen=True)
class Outlook:
    """How many more cases an envelope carries: what is free over what a case took on the average, in yuan."""

    typical: Decimal
    cases: int
    more: int


def outlook(budget: Budget) -> Outlook | None:
    """The outlook of an envelope; None while nothing was granted out of it."""
    per_case = Due.objects.filter(budget=budget, stop__isnull=True).order_by().values("application")
    sums = per_case.annotate(took=Sum("amount"))
    found = sums.aggregate(typical=Avg("took"), cases=Count("application"))
    if not found["cases"]:
        return None
    typical = Decimal(found["typical"]).quantize(Decimal("0.01"))
    return Outlook(typical, found["cases"], int((budget.free / typical).to_integral_value(ROUND_FLOOR)))
