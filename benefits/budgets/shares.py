"""What province, prefecture and county bear of each due: whole fen that add up exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from benefits.budgets.tranches import Shares
from benefits.models import Due, Tranche
from benefits.models.tranches import WHOLE_SHARE

ZERO, FEN = Decimal("0.00"), Decimal("0.01")


@dataclass(frozen=True)
class Borne:
    """What each level bears, in yuan; `unstated` is owed out of envelopes of which no document says who bears them."""

    province: Decimal = ZERO
    prefecture: Decimal = ZERO
    county: Decimal = ZERO
    unstated: Decimal = ZERO

    def plus(self, other: "Borne", times: int = 1) -> "Borne":
        """Both together, the other so many times."""
        return Borne(
            self.province + other.province * times,
            self.prefecture + other.prefecture * times,
            self.county + other.county * times,
            self.unstated + other.unstated * times,
        )

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.province + self.prefecture + self.county + self.unstated


def divide(amount: Decimal, shares: Shares) -> Borne:
    """One sum in yuan divided by shares: whole fen by the largest remainder, of equal ones the higher level first."""
    fen = int(amount / FEN)
    weights = (shares.province, shares.prefecture, shares.county)
    parts = [fen * weight // WHOLE_SHARE for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(fen * weights[n] % WHOLE_SHARE), n))
    for n in by_remainder[: fen - sum(parts)]:
        parts[n] += 1
    return Borne(*(part * FEN for part in parts))


def borne(dues: QuerySet[Due]) -> Borne:
    """What each level bears of these dues: the sum over the dues, each divided by the shares it was reserved under.

    One statement that counts dues alike; the arithmetic is done once for each amount that occurs.
    """
    alike = dues.order_by().annotate(under=_in_force()).values("under", "amount").annotate(count=Count("pk"))
    rows = list(alike.values_list("under", "amount", "count"))
    shares = shares_by_tranche({under for under, _amount, _count in rows if under})
    found = Borne()
    for under, amount, count in rows:
        found = found.plus(divide(amount, shares[under]) if under else Borne(unstated=amount), count)
    return found


def shares_by_tranche(pks: Iterable[int]) -> dict[int, Shares]:
    """The shares that tranches state."""
    rows = Tranche.objects.filter(pk__in=list(pks)).values_list("pk", "province", "prefecture", "county")
    return {pk: Shares(*parts) for pk, *parts in rows}


def _in_force() -> Coalesce:
    """The tranche whose shares a due is under: the last that had come in when the due was recorded, else the first.

    A later document does not change who bears what was reserved before it.
    """
    came_in = Tranche.objects.filter(budget=OuterRef("budget"), amount__gt=0)
    before = came_in.filter(at__lte=OuterRef("recorded_at")).order_by("-at", "-pk")
    return Coalesce(Subquery(before.values("pk")[:1]), Subquery(came_in.order_by("at", "pk").values("pk")[:1]))
