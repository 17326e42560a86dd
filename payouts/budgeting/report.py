"""专款专用: what became of the money of each fund and document, and of each scheme in each county."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Q, Sum

from benefits.budgets.using import ZERO, Poured, Used, by_document
from benefits.models import Budget, Tranche
from payouts.models import Payout

PAID_OUT, CAME_BACK = Payout.State.PAID, Payout.State.RETURNED


@dataclass(frozen=True)
class Row:
    """One envelope: its fund, how much of it was used, and the same by document."""

    budget: Budget
    source: str
    used: Used
    documents: list[Poured]

    @property
    def source_label(self) -> str:
        """The fund in the reader's language."""
        return str(Tranche.Source(self.source).label)


def rows_of(budgets: Iterable[Budget]) -> list[Row]:
    """The envelopes with what was paid out and what came back and is not paid anew; two statements for all."""
    budgets = list(budgets)
    pks = [budget.pk for budget in budgets]
    came: dict[int, list[Tranche]] = defaultdict(list)
    for tranche in Tranche.objects.filter(budget__in=pks).order_by("pk"):
        came[tranche.budget_id].append(tranche)
    sums = _sums(pks)
    return [_row(budget, came[budget.pk], *sums.get(budget.pk, (ZERO, ZERO))) for budget in budgets]


def total(used: Iterable[Used]) -> Used:
    """Added up, column by column."""
    used = list(used)
    return Used(*(sum((getattr(one, column.name) for one in used), ZERO) for column in fields(Used)))


def by_source(rows: Iterable[Row]) -> list[tuple[str, Used]]:
    """Each fund with the sum of its envelopes, in the order of the funds."""
    found: dict[str, list[Used]] = defaultdict(list)
    for row in rows:
        found[row.source].append(row.used)
    return [(str(label), total(found[code])) for code, label in Tranche.Source.choices if code in found]


def _row(budget: Budget, came: list[Tranche], paid: Decimal, returned: Decimal) -> Row:
    used = Used(budget.amount, budget.reserved, budget.committed, paid, returned)
    stated = (one.source for one in came if one.source != Tranche.Source.UNSTATED)
    return Row(budget, next(stated, str(Tranche.Source.UNSTATED)), used, by_document(came, used))


def _sums(pks: list[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """Entered, and sent back by the bank and not on its way once more nor stopped; by envelope, in yuan."""
    payouts = Payout.objects.filter(due__budget__in=pks, state__in=[PAID_OUT, CAME_BACK])
    again = Payout.objects.live().values("due")
    open_again = Q(state=CAME_BACK, due__stop__isnull=True) & ~Q(due__in=again)
    rows = (
        payouts.order_by()
        .values("due__budget")
        .annotate(paid=Sum("amount", filter=Q(state=PAID_OUT)), returned=Sum("amount", filter=open_again))
    )
    return {row["due__budget"]: (row["paid"] or ZERO, row["returned"] or ZERO) for row in rows}
