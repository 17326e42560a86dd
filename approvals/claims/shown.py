"""The periods of a periodic benefit as they are read: claimed, paid, and what can be claimed next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from benefits.claims import following
from benefits.claims.following import NextPeriod
from benefits.models import Entitlement, PeriodClaim
from benefits.phase_out.facts import month_after


@dataclass(frozen=True)
class ShownClaim:
    """One claim: its months, the sum in yuan, and how far the money got. `mine`: whoever reads may open its case."""

    application: Application
    first: date
    last: date
    months: int
    amount: Decimal
    status: str
    colour: str
    mine: bool


@dataclass(frozen=True)
class ShownPeriods:
    """All of them. `next`: what can be claimed; `begun`: the short claim under way; `hindrance`: why none can be."""

    entitlement: Entitlement
    claims: tuple[ShownClaim, ...]
    next: NextPeriod
    begun: Application | None
    hindrance: str

    @property
    def had(self) -> int:
        """The months had so far, here and elsewhere."""
        return self.entitlement.months_before + self.entitlement.months_claimed


def periods_of(application: Application, visible: QuerySet[Application], at: datetime) -> ShownPeriods | None:
    """The periods under which a granted case claims; None where it claims none. `visible`: what the reader may open."""
    entitlement = following.entitlement_of(application)
    if entitlement is None:
        return None
    claims = entitlement.claims.select_related("application__grant_given")
    may_open = set(visible.filter(period_claim__in=claims).values_list("pk", flat=True))
    return ShownPeriods(
        entitlement=entitlement,
        claims=tuple(_claim(claim, may_open) for claim in claims),
        next=following.next_period(entitlement, at),
        begun=following.begun_under(entitlement),
        hindrance=following.hindrance(application, entitlement, at),
    )


def _claim(claim: PeriodClaim, may_open: set[int]) -> ShownClaim:
    application = claim.application
    status, colour = _status(application)
    last = claim.first_month
    for _month in range(claim.months - 1):
        last = month_after(last)
    return ShownClaim(
        application=application,
        first=claim.first_month,
        last=last,
        months=claim.months,
        amount=application.grant_given.amount,
        status=status,
        colour=colour,
        mine=application.pk in may_open,
    )


def _status(application: Application) -> tuple[str, str]:
    """How far the money of a claim got, in words that need no knowledge of batches."""
    if application.state == State.REVOKED:
        return _("已撤销"), "red"
    dues = application.dues.filter(stop__isnull=True)
    if not dues.exists():
        return _("已停发"), "red"
    waiting = dues.exclude(payouts__state="paid").exists()
    return (_("已批准，等待发放"), "blue") if waiting else (_("已发放"), "green")
