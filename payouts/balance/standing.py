"""How far the money of every due got: approved = later + payable + held + in a batch + signed + with the bank + paid …

Each due stands in exactly one part, so the parts of a line always add up to what was approved on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Sum, Value, When
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benefits.milestones.standing import payable_by
from benefits.models import Due
from payouts.banks import payable_bank
from payouts.holds.standing import holding
from payouts.models import Payout
from payouts.models.batches import SIGNED

ZERO = Decimal("0.00")
STOPPED, RETURNED, HELD, WAITING, LATER = "stopped", "returned", "held", "waiting", "later"
UNCHECKED = "unchecked"
RESERVED, APPROVED, EXPORTED, PAID = "reserved", "approved", "exported", "paid"
PARTS = {
    LATER: _("还没有到期"),
    UNCHECKED: _("等待核对经办银行账号"),
    WAITING: _("可以拨付"),
    HELD: _("暂缓拨付"),
    RESERVED: _("已编入批次"),
    APPROVED: _("已复核"),
    EXPORTED: _("已送银行"),
    PAID: _("已到账"),
    RETURNED: _("银行退回，待补发"),
    STOPPED: _("已停发"),
}
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Line:
    """One scheme in one county out of one envelope. Amounts in yuan by part; `document` is the envelope's."""

    scheme: str
    county: str
    budget: int
    document: str
    year: int
    parts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def approved(self) -> Decimal:
        """Everything that was ever approved: the sum of the parts."""
        return sum(self.parts.values(), ZERO)

    @property
    def cells(self) -> list[Decimal]:
        """The parts in the order of PARTS; nothing is 0.00."""
        return [self.parts.get(part, ZERO) for part in PARTS]


def standing(dues: QuerySet[Due], at: datetime) -> list[Line]:
    """The dues by scheme, county, envelope and part: one statement, whatever their number."""
    rows = (
        dues.annotate(part=_part(at), county=Substr("application__division_id", 1, COUNTY_DIGITS))
        .values("scheme_code", "county", "budget_id", "budget__document", "budget__year", "part")
        .annotate(sum=Sum("amount"))
        .order_by("scheme_code", "county", "budget_id", "part")
    )
    found: dict[tuple[str, str, int], Line] = {}
    for row in rows:
        key = (row["scheme_code"], row["county"], row["budget_id"])
        line = found.setdefault(key, Line(*key, row["budget__document"], row["budget__year"]))
        line.parts[row["part"]] = row["sum"]
    return list(found.values())


def total(lines: Iterable[Line]) -> dict[str, Decimal]:
    """The parts of all lines added up, in the order of PARTS."""
    lines = list(lines)
    return {part: sum((line.parts.get(part, ZERO) for line in lines), ZERO) for part in PARTS}


def _part(at: datetime) -> Case:
    payouts = Payout.objects.filter(due=OuterRef("pk"))
    live = payouts.live()
    signed = live.filter(batch__state__in=SIGNED)
    return Case(
        When(stop__isnull=False, then=Value(STOPPED)),
        When(Exists(live.filter(state=Payout.State.PAID)), then=Value(PAID)),
        When(Exists(live.filter(state=Payout.State.EXPORTED)), then=Value(EXPORTED)),
        When(Exists(signed), then=Value(APPROVED)),
        When(Exists(live), then=Value(RESERVED)),
        When(Exists(payouts.filter(state=Payout.State.RETURNED)), then=Value(RETURNED)),
        When(Exists(holding()), then=Value(HELD)),
        When(~payable_by(timezone.localdate(at)), then=Value(LATER)),
        When(~payable_bank(), then=Value(UNCHECKED)),
        default=Value(WAITING),
        output_field=CharField(),
    )
