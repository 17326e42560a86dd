"""What must agree at any moment; each check names what does not, with both figures. All of them only read.

`divisions`: only the money of these, by the code of the division whose envelope it is; None for all.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext_lazy as _

from benefits.models import Budget, Due, DueStop, Grant, Recovery, RecoveryPayment, Tranche
from payouts.holds.standing import holding
from payouts.models import Batch, Payout, ReturnResult
from payouts.models.batches import SIGNED
from payouts.models.payouts import SENT

Divisions = Collection[str] | None
YUAN = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(Decimal("0.00"), output_field=YUAN)


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: which check, where (an envelope, a batch, a case), what stands and what should."""

    check: str
    where: str
    stands: str
    should: str


def amount_is_documented(divisions: Divisions = None) -> Iterator[Fault]:
    """Each envelope holds what its documents brought and took."""
    came = Tranche.objects.filter(budget=OuterRef("pk"))
    budgets = Budget.objects.filter(_in("division", divisions)).annotate(came=_sum(came, "budget"))
    for budget in budgets.exclude(amount=F("came")):
        yield Fault("amount_is_documented", _named(budget), f"{budget.amount:.2f}", f"{budget.came:.2f}")


def reserved_is_owed(divisions: Divisions = None) -> Iterator[Fault]:
    """Each envelope has reserved what is owed out of it and was not stopped."""
    owed = Due.objects.filter(budget=OuterRef("pk"), stop__isnull=True)
    budgets = Budget.objects.filter(_in("division", divisions)).annotate(owed=_sum(owed, "budget"))
    for budget in budgets.exclude(reserved=F("owed")):
        yield Fault("reserved_is_owed", _named(budget), f"{budget.reserved:.2f}", f"{budget.owed:.2f}")


def committed_is_signed(divisions: Divisions = None) -> Iterator[Fault]:
    """Each envelope has committed what stands in batches that were checked."""
    signed = Payout.objects.live().filter(due__budget=OuterRef("pk"), batch__state__in=SIGNED)
    budgets = Budget.objects.filter(_in("division", divisions)).annotate(signed=_sum(signed, "due__budget"))
    for budget in budgets.exclude(committed=F("signed")):
        yield Fault("committed_is_signed", _named(budget), f"{budget.committed:.2f}", f"{budget.signed:.2f}")


def batches_hold_their_lines(divisions: Divisions = None) -> Iterator[Fault]:
    """Number and sum that a batch tells are those of its lines."""
    batches = Batch.objects.filter(_in("office__division", divisions))
    told = batches.annotate(lines=Count("payouts"), sum=_exact(Sum("payouts__amount")))
    for batch in told.exclude(lines=F("line_count"), sum=F("total")):
        stands = f"{batch.line_count} / {batch.total:.2f}"
        yield Fault("batches_hold_their_lines", batch.number, stands, f"{batch.lines} / {batch.sum:.2f}")


def lines_are_what_is_owed(divisions: Divisions = None) -> Iterator[Fault]:
    """A line of a batch pays exactly its due."""
    wrong = Payout.objects.filter(_in("due__budget__division", divisions)).exclude(amount=F("due__amount"))
    for payout in wrong.select_related("batch", "due").iterator():
        where = f"{payout.batch.number}-{payout.line}"
        yield Fault("lines_are_what_is_owed", where, f"{payout.amount:.2f}", f"{payout.due.amount:.2f}")


def nothing_stopped_is_paid(divisions: Divisions = None) -> Iterator[Fault]:
    """What was stopped stands in no batch."""
    paid = Payout.objects.live().filter(_in("due__budget__division", divisions), due__in=DueStop.objects.values("due"))
    for payout in paid.select_related("batch").iterator():
        yield Fault("nothing_stopped_is_paid", f"{payout.batch.number}-{payout.line}", f"{payout.amount:.2f}", "0.00")


def nothing_held_is_signed(divisions: Divisions = None) -> Iterator[Fault]:
    """What was held stands in no batch that was signed later."""
    held = holding("due").filter(put_at__lt=OuterRef("batch__approved_at"))
    signed = Payout.objects.live().filter(_in("due__budget__division", divisions), batch__state__in=SIGNED)
    for payout in signed.filter(Exists(held)).select_related("batch").iterator():
        yield Fault("nothing_held_is_signed", f"{payout.batch.number}-{payout.line}", f"{payout.amount:.2f}", "0.00")


def grants_are_owed(divisions: Divisions = None) -> Iterator[Fault]:
    """What a decision granted as a sum was written down as owed, once; instalments and components add up to it."""
    instalment = Q(milestone__isnull=False, recorded_at=OuterRef("granted_at"))
    first = Due.objects.filter(Q(sequence=1) | instalment, application=OuterRef("application"))
    given = Grant.objects.filter(_of_dues(divisions)).annotate(owed=_sum(first, "application"))
    for grant in given.exclude(amount=F("owed")).select_related("application").iterator():
        yield Fault("grants_are_owed", grant.application.number or "", f"{grant.owed:.2f}", f"{grant.amount:.2f}")


def claims_are_covered(divisions: Divisions = None) -> Iterator[Fault]:
    """No more is claimed back under a decision than went out or was set off under it."""
    set_off = RecoveryPayment.objects.filter(due__application=OuterRef("application"), kind="set_off")
    gone = Payout.objects.filter(due__application=OuterRef("application"), state__in=[*SENT, Payout.State.RETURNED])
    claimed = (
        Recovery.objects.filter(_of_dues(divisions))
        .values("application", "application__number")
        .annotate(
            claimed=_exact(Sum("amount")),
            gone=_exact(_sum(gone, "due__application") - _sum(set_off, "due__application")),
        )
        .filter(claimed__gt=F("gone"))
        .order_by("application")
    )
    for row in claimed:
        yield Fault("claims_are_covered", row["application__number"], f"{row['claimed']:.2f}", f"{row['gone']:.2f}")


def claims_are_collected(divisions: Divisions = None) -> Iterator[Fault]:
    """What is left of a claim is the claim less everything that came back of it."""
    back = RecoveryPayment.objects.filter(recovery=OuterRef("pk"))
    last = Subquery(back.order_by("-sequence").values("left")[:1])
    claims = Recovery.objects.filter(_of_dues(divisions)).annotate(back=_sum(back, "recovery"), left=last)
    for claim in (
        claims.filter(left__isnull=False).exclude(left=_exact(F("amount") + F("back"))).select_related("application")
    ):
        should = claim.amount + claim.back
        yield Fault("claims_are_collected", claim.application.number, f"{claim.left:.2f}", f"{should:.2f}")


def paid_as_the_bank_said(divisions: Divisions = None) -> Iterator[Fault]:
    """What counts as entered was told of by the bank in a line that holds."""
    told = ReturnResult.objects.filter(Q(disputed=False) | Q(ruling__accepted=True), payout=OuterRef("pk"), paid=True)
    paid = Payout.objects.filter(_in("due__budget__division", divisions), state=Payout.State.PAID)
    for payout in paid.filter(~Exists(told)).select_related("batch").iterator():
        yield Fault("paid_as_the_bank_said", f"{payout.batch.number}-{payout.line}", f"{payout.amount:.2f}", "0.00")


def reconciled_is_answered(divisions: Divisions = None) -> Iterator[Fault]:
    """Of a reconciled batch the bank has told of every line."""
    open_lines = Payout.objects.filter(
        _in("batch__office__division", divisions), batch__state=Batch.State.RECONCILED, state=Payout.State.EXPORTED
    )
    for payout in open_lines.select_related("batch").iterator():
        yield Fault("reconciled_is_answered", f"{payout.batch.number}-{payout.line}", f"{payout.amount:.2f}", "0.00")


CHECKS: dict[str, tuple[Callable[[Divisions], Iterator[Fault]], str]] = {
    "amount_is_documented": (amount_is_documented, _("预算金额，等于各次指标之和")),
    "reserved_is_owed": (reserved_is_owed, _("预算中已占用的，等于应发未停发的")),
    "committed_is_signed": (committed_is_signed, _("预算中已支出的，等于已复核批次里的")),
    "batches_hold_their_lines": (batches_hold_their_lines, _("批次的笔数和合计，等于其明细")),
    "lines_are_what_is_owed": (lines_are_what_is_owed, _("批次每一笔的金额，等于其应发金额")),
    "nothing_stopped_is_paid": (nothing_stopped_is_paid, _("已停发的，不在任何批次里")),
    "nothing_held_is_signed": (nothing_held_is_signed, _("暂缓的，没有复核过")),
    "grants_are_owed": (grants_are_owed, _("决定给予的金额，全部记为应发")),
    "claims_are_covered": (claims_are_covered, _("要求退回的，不超过已经发出的")),
    "claims_are_collected": (claims_are_collected, _("追回的余额，等于应追回减去已经追回")),
    "paid_as_the_bank_said": (paid_as_the_bank_said, _("已到账的，都有银行回单")),
    "reconciled_is_answered": (reconciled_is_answered, _("已对账的批次，每一笔都有银行结果")),
}


def faults(divisions: Divisions = None) -> list[Fault]:
    """Everything that does not agree; empty when the books balance."""
    return [fault for check, _label in CHECKS.values() for fault in check(divisions)]


def _in(path: str, divisions: Divisions) -> Q:
    return Q() if divisions is None else Q(**{f"{path}__in": divisions})


def _of_dues(divisions: Divisions) -> Q:
    """Cases whose money comes out of the envelopes of these divisions."""
    if divisions is None:
        return Q()
    return Q(application__in=Due.objects.filter(_in("budget__division", divisions)).values("application"))


def _sum(rows: QuerySet, of: str) -> Coalesce:
    """The sum of the amounts of rows that point back; 0.00 where there are none."""
    sums = rows.order_by().values(of).annotate(sum=Sum("amount")).values("sum")
    return _exact(Subquery(sums))


def _exact(amount: Combinable) -> Coalesce:
    """A sum as the database compares it, to the cent: SQLite adds in binary fractions. 0.00 where nothing is added."""
    return Coalesce(Round(amount, precision=2, output_field=YUAN), NOTHING, output_field=YUAN)


def _named(budget: Budget) -> str:
    return f"{budget.scheme_code} {budget.division_id} {budget.year}"
