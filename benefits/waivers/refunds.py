"""What the centre owes back and has paid back. It is told to us by the centre; we never pay it. Yuan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Round
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from benefits.models import Waiver, WaiverRefund
from benefits.waivers.terms import ZERO, locked
from people.refusals import Conflict, Invalid

# A relief that ran its course still leaves the centre owing what it has not paid back; one that was revived or taken
# back leaves nothing, and one that never came into force nothing either.
RAN_ITS_COURSE = ("contract_over", "term_over", "wish")
OWING = Q(state=Waiver.State.IN_FORCE) | Q(state=Waiver.State.ENDED, end_reason__in=RAN_ITS_COURSE)
LONGEST_REFERENCE = 60


@dataclass(frozen=True)
class Refunded:
    """One refund as the centre tells of it: yuan, the day, and the number of its voucher."""

    amount: Decimal
    paid_on: date
    reference: str


def refunded(waiver: Waiver) -> Decimal:
    """What was paid back so far."""
    return waiver.refunds.aggregate(all=Sum("amount"))["all"] or ZERO


def still_owed(waiver: Waiver) -> Decimal:
    """What the centre has yet to pay back; nothing where the relief was revived, taken back or never in force."""
    owing = Waiver.objects.filter(OWING, pk=waiver.pk).exists()
    return max(ZERO, waiver.refund_owed - refunded(waiver)) if owing else ZERO


def with_open_refund(waivers: QuerySet[Waiver]) -> QuerySet[Waiver]:
    """Those for which the centre has yet to pay something back."""
    money = DecimalField(max_digits=12, decimal_places=2)
    # Rounded: one of the databases adds in binary.
    back = Coalesce(Round(Sum("refunds__amount"), precision=2), ZERO, output_field=money)
    return waivers.filter(OWING).annotate(back=back).filter(refund_owed__gt=F("back"))


def confirm(case: Case, told: Refunded) -> WaiverRefund:
    """Write down a refund; several may follow each other, never above what is owed.

    Raises Conflict where nothing is owed any more, Invalid for what is missing or cannot be.
    """
    waiver = locked(case)
    left = still_owed(waiver)
    if left <= 0:
        raise Conflict(_("这项减免没有待退的押金，或者已经全部退还。请刷新后核对。"), code="nothing_owed")
    _check(case, waiver, told, left)
    refund = WaiverRefund.objects.create(
        waiver=waiver,
        amount=told.amount,
        paid_on=told.paid_on,
        reference=told.reference.strip(),
        confirmed_by=case.user,
        confirmed_at=case.at,
    )
    case.save()
    case.record("waiver.refunded", refund=refund.pk, whole=told.amount == left)
    return refund


def _check(case: Case, waiver: Waiver, told: Refunded, left: Decimal) -> None:
    errors: dict[str, str] = {}
    if told.amount <= 0:
        errors["amount"] = _("金额要大于零。")
    elif told.amount > left:
        errors["amount"] = _("退还的金额不能超过还没有退还的金额（%(left)s元）。") % {"left": left}
    if not timezone.localdate(waiver.in_force_at) <= told.paid_on <= timezone.localdate(case.at):
        errors["paid_on"] = _("退款日期不能早于减免生效那天，也不能晚于今天。")
    reference = told.reference.strip()
    if not reference or len(reference) > LONGEST_REFERENCE:
        errors["reference"] = _("请填写彩票中心的退款凭证号，最多60个字。")
    elif waiver.refunds.filter(reference=reference).exists():
        errors["reference"] = _("这个凭证号已经登记过。请核对是不是同一笔退款。")
    if errors:
        raise Invalid(errors=errors)
