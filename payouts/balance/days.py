"""What moved on each day: approved, stopped, sent to the bank. In yuan, days in Beijing time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncDate

from benefits.models import Due
from payouts.models import Payout

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Day:
    """One day's movements."""

    on: date
    approved: Decimal = ZERO
    stopped: Decimal = ZERO
    exported: Decimal = ZERO


def movements(divisions: Collection[str], first: date, last: date) -> list[Day]:
    """The days on which something moved, first and last included, oldest first."""
    dues = Due.objects.filter(budget__division__in=divisions)
    payouts = Payout.objects.live().filter(due__budget__division__in=divisions)
    approved = _by_day(dues, "recorded_at", "amount", first, last)
    stopped = _by_day(dues, "stop__stopped_at", "amount", first, last)
    exported = _by_day(payouts, "batch__exported_at", "amount", first, last)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = [Day(day, *(sums.get(day, ZERO) for sums in (approved, stopped, exported))) for day in days]
    return [day for day in found if day.approved or day.stopped or day.exported]


def _by_day(rows: QuerySet, stamp: str, amount: str, first: date, last: date) -> dict[date, Decimal]:
    counted = rows.annotate(day=TruncDate(stamp)).filter(day__gte=first, day__lte=last)
    return {row["day"]: row["sum"] for row in counted.values("day").annotate(sum=Sum(amount)).order_by("day")}
