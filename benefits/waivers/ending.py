"""How a waiver ends other than by a decision about it, and how its deposit revives. Inside the door."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from benefits.models import Waiver, WaiverRevival
from benefits.waivers.refunds import refunded
from benefits.waivers.terms import ZERO, locked
from papers.models import Paper
from people.refusals import Conflict

# assumed: no text says by when a deposit that is due again is paid; days from the decision.
PAY_WITHIN = timedelta(days=30)
# The agreement ends with the relief (its clause 5), and the certificate says that it is in force.
RESTING_ON_THE_WAIVER = (Paper.Kind.AGREEMENT, Paper.Kind.CERTIFICATE)


def withdraw(case: Case) -> int:
    """The waiver is over, or never began: whoever verifies its agreement or certificate reads so. How many were
    withdrawn."""
    papers = Paper.objects.filter(case_ref=case.application.public_id, kind__in=RESTING_ON_THE_WAIVER)
    return papers.exclude(status=Paper.Status.REVOKED).update(status=Paper.Status.REVOKED)


def in_force(case: Case) -> Waiver:
    """The waiver, locked and in force. Raises NotFound where there is none, Conflict where it is not in force."""
    waiver = locked(case)
    if waiver.state != Waiver.State.IN_FORCE:
        raise Conflict(_("这项减免现在没有生效，或者已经终止，不能这样办理。请刷新后核对。"), code="not_in_force")
    return waiver


def end(case: Case, reason: str) -> Waiver:
    """The relief has run its course: its term is over, the contract is, or the holder wants it no more."""
    waiver = in_force(case)
    waiver.end(case.at, reason)
    waiver.save()
    withdraw(case)
    case.save()
    case.record("waiver.ended", reason=reason)
    return waiver


def due_again(waiver: Waiver) -> Decimal:
    """What is to be paid to the centre again: the relief, less what the centre was to pay back and has not; yuan.

    Nothing of a fee: it is asked for in full from then on.
    """
    if waiver.application.definition.calculation != "deposit_relief":
        return ZERO
    return max(ZERO, waiver.relief - max(ZERO, waiver.refund_owed - refunded(waiver)))


def revive(granted: Case, decided_in: Application, ground: str, effective_on: date) -> WaiverRevival:
    """恢复缴纳, as clause 3 of the agreement has it. Raises Conflict where the waiver is not in force any more."""
    waiver = in_force(granted)
    amount = due_again(waiver)
    waiver.revive_deposit(granted.at, ground)
    waiver.save()
    withdraw(granted)
    granted.record("waiver.revived", ground=ground, by_case=decided_in.number)
    return WaiverRevival.objects.create(
        waiver=waiver,
        decided_in=decided_in,
        ground=ground,
        effective_on=effective_on,
        amount=amount,
        pay_by=timezone.localdate(granted.at) + PAY_WITHIN if amount else None,
        decided_at=granted.at,
    )
