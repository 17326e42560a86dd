"""Money that comes into envelopes and leaves them, by document. The caller's transaction holds it all.

An envelope's amount is the sum of its tranches: both are written together here, and nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.models import Budget, BudgetRequest, Tranche
from benefits.models.tranches import WHOLE_SHARE
from people.refusals import Conflict, Invalid

ZERO = Decimal("0.00")
Kind = Tranche.Kind


@dataclass(frozen=True)
class Shares:
    """What each level bears, in hundredths of a per cent; 10,000 together."""

    province: int
    prefecture: int
    county: int

    @property
    def whole(self) -> bool:
        """Whether they add up, none below nothing."""
        parts = (self.province, self.prefecture, self.county)
        return min(parts) >= 0 and sum(parts) == WHOLE_SHARE


@dataclass(frozen=True)
class Document:
    """An indicator document 指标文: its number and date, the fund it pays from, its codes, and who bears the money."""

    number: str
    dated: date | None
    source: str
    shares: Shares
    function_code: str = ""
    economic_code: str = ""


def envelope(scheme: str, division: str, year: int, document: str) -> Budget:
    """The envelope of a scheme, division and year, locked; an empty one is made where there is none."""
    budget, _new = Budget.objects.get_or_create(
        scheme_code=scheme, division_id=division, year=year, defaults={"document": document, "amount": ZERO}
    )
    return locked(budget.pk)[budget.pk]


def locked(*pks: int) -> dict[int, Budget]:
    """Envelopes, locked in the order every service locks them: by year, then by number."""
    found = Budget.objects.filter(pk__in=pks).order_by("year", "pk")
    return {budget.pk: budget for budget in found.select_for_update(of=("self",), no_key=True)}


def pair(scheme: str, source: tuple[str, int], target: tuple[str, int], document: str) -> tuple[Budget, Budget]:
    """Two envelopes of a scheme, each by division and year, locked in the order every service locks them."""
    pks = [
        Budget.objects.get_or_create(
            scheme_code=scheme, division_id=division, year=year, defaults={"document": document, "amount": ZERO}
        )[0].pk
        for division, year in (source, target)
    ]
    found = locked(*pks)
    return found[pks[0]], found[pks[1]]


def append(
    budget: Budget, kind: str, amount: Decimal, document: Document, at: datetime, request: BudgetRequest | None = None
) -> Tranche:
    """Put a sum into a locked envelope, or take it out (below zero), with the document that says so.

    Raises Conflict where less would be left than is reserved, Invalid where money of another fund would be mixed in or
    the shares do not add up.
    """
    if not document.shares.whole:
        raise Invalid(errors={"county": _("三级分担比例相加应为100%。")})
    _refuse_mixing(budget, document.source)
    if budget.free + amount < 0:
        raise Conflict(
            _("预算已预留%(reserved)s元，最多只能减少%(free)s元。请改小金额，或者先停发、调整已批准的待遇。")
            % {"reserved": f"{budget.reserved:.2f}", "free": f"{budget.free:.2f}"},
            code="below_reserved",
        )
    tranche = Tranche.objects.create(
        budget=budget,
        request=request,
        kind=kind,
        document=document.number,
        dated=document.dated,
        source=document.source,
        function_code=document.function_code,
        economic_code=document.economic_code,
        amount=amount,
        province=document.shares.province,
        prefecture=document.shares.prefecture,
        county=document.shares.county,
        at=at,
    )
    budget.amount += amount
    budget.save(update_fields=["amount"])
    return tranche


def move(
    source: Budget,
    target: Budget,
    amount: Decimal,
    document: Document,
    kinds: tuple[str, str],
    at: datetime,
    request: BudgetRequest,
) -> None:
    """Take a sum out of one locked envelope and put it into another: both or none."""
    append(source, kinds[0], -amount, document, at, request)
    append(target, kinds[1], amount, document, at, request)


def source_of(budget: Budget) -> str:
    """The fund an envelope pays from; unstated where no document says."""
    stated = budget.tranches.exclude(source=Tranche.Source.UNSTATED).order_by("pk").first()
    return stated.source if stated else Tranche.Source.UNSTATED


def inherited(budget: Budget, number: str, dated: date) -> Document:
    """A document that moves money of an envelope: fund, codes and shares are those the money came with."""
    last = budget.tranches.filter(amount__gt=0).order_by("-at", "-pk").first()
    if last is None:
        raise Conflict(_("这项预算还没有下达过指标，不能调减或分配。"), code="no_tranche")
    shares = Shares(last.province, last.prefecture, last.county)
    return Document(number, dated, source_of(budget), shares, last.function_code, last.economic_code)


def _refuse_mixing(budget: Budget, source: str) -> None:
    """专款专用: an envelope holds the money of one fund."""
    held = source_of(budget)
    if Tranche.Source.UNSTATED in (held, source) or held == source:
        return
    raise Invalid(
        errors={
            "source": _("本预算的资金来源是“%(held)s”，专款专用，不能并入其他来源的资金。")
            % {"held": Tranche.Source(held).label}
        }
    )
