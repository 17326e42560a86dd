"""What can be paid now: dues whose day has come, in the envelopes of an office, and in no live batch."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from benefits.models import Due
from payouts.models import Payout
from people.models import Office

# One platform in use takes files of at most 5,000 lines; what is over goes into the next batch.
LINES_A_BATCH = 5000


class Sums(NamedTuple):
    """A number of lines and their total in yuan."""

    lines: int
    total: Decimal


def payable(office: Office, scheme_code: str, at: datetime) -> QuerySet[Due]:
    """The dues one batch would take now, oldest first; of every scheme when `scheme_code` is ""."""
    chosen = {"scheme_code": scheme_code} if scheme_code else {}
    related = ("application__data_key", "payee__data_key", "payee_organisation", "budget")
    return _open(office, at).filter(**chosen).select_related(*related).order_by("payable_from", "id")[:LINES_A_BATCH]


def payable_sums(office: Office, at: datetime) -> dict[str, Sums]:
    """Everything payable now by scheme code."""
    rows = _open(office, at).values("scheme_code").annotate(lines=Count("pk"), total=Sum("amount"))
    return {row["scheme_code"]: Sums(row["lines"], row["total"]) for row in rows.order_by("scheme_code")}


def sums_of(dues: list[Due]) -> Sums:
    """The sums of a list of dues."""
    return Sums(len(dues), sum((due.amount for due in dues), Decimal("0.00")))


def _open(office: Office, at: datetime) -> QuerySet[Due]:
    live = Payout.objects.live().filter(due=OuterRef("pk"))
    mine = Due.objects.filter(budget__division=office.division_id, payable_from__lte=timezone.localdate(at))
    return mine.filter(~Exists(live), stop__isnull=True)
