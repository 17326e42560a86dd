"""What can be paid now: dues whose day has come or whose milestone is met, in the envelopes of an office, not held, and
in no live batch.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from benefits.milestones.standing import payable_by
from benefits.models import Due, Recovery, RecoveryPayment
from benefits.phase_out.standing import standing_still
from payouts.banks import confirmed_since, payable_bank
from payouts.holds.standing import holding
from payouts.models import Payout, ReturnResult
from payouts.returns.uncorrected import corrected
from people.models import Office

# One platform in use takes files of at most 5,000 lines; what is over goes into the next batch.
LINES_A_BATCH = 5000
BANK = "bank__organisation__data_key"


class Sums(NamedTuple):
    """A number of lines and their total in yuan."""

    lines: int
    total: Decimal


def payable(office: Office, scheme_code: str, at: datetime) -> QuerySet[Due]:
    """The dues one batch would take now, oldest first; of every scheme when `scheme_code` is ""."""
    chosen = {"scheme_code": scheme_code} if scheme_code else {}
    related = ("application__data_key", "payee__data_key", "payee_organisation", "budget", BANK)
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
    mine = Due.objects.filter(payable_by(timezone.localdate(at)), budget__division=office.division_id)
    waits = Exists(live) | Exists(standing_still()) | Exists(_waiting_for_somebody()) | Exists(holding())
    return mine.filter(payable_bank(), ~waits, stop__isnull=True)


def _waiting_for_somebody() -> QuerySet[Payout]:
    """Money that came back, for which a due has to wait.

    The account of its case, or of the bank that is paid, was not corrected since; what the bank said is in dispute; or
    it is the due's own money that came back and something is claimed back in the case: an official first decides
    whether the one is set off.
    """
    disputed = ReturnResult.objects.filter(payout=OuterRef("pk"), disputed=True, ruling__isnull=True)
    claims = open_claims().filter(application=OuterRef("due__application"))
    back = Payout.objects.filter(due__application=OuterRef("application"), state=Payout.State.RETURNED)
    same_account = ~Exists(corrected()) & ~Exists(confirmed_since())
    return back.filter(same_account | Exists(disputed) | Q(due=OuterRef("pk")) & Exists(claims))


def open_claims(*, closed: bool = False) -> QuerySet[Recovery]:
    """Claims of which something is still owed (`closed`: the others too), each with `left`, in yuan."""
    payments = RecoveryPayment.objects.filter(recovery=OuterRef("pk")).order_by("-sequence").values("left")[:1]
    left = Coalesce(Subquery(payments), F("amount"), output_field=DecimalField(max_digits=12, decimal_places=2))
    claims = Recovery.objects.annotate(left=left)
    return claims if closed else claims.filter(left__gt=0)
