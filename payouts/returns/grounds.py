"""Money that came back and is not owed any more: what was decided while it was with the bank holds for it too.

A decision stops and lowers only what has not gone out. What has gone and comes back is caught up with here, so that it
is not paid again.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils import timezone

from applications.door import Case
from approvals.models import Proceeding
from benefits import collecting, stopping
from benefits.models import ChangeOutcome, Due, Recovery, RecoveryPayment
from benefits.phase_out.money import changed
from benefits.phase_out.months import Month
from people.models import User
from schemes.rules.money import ZERO

KIND = Proceeding.Kind


def catch_up(due: Due, user: User | None, at: datetime) -> str:
    """Stop or lower a due whose money came back, as its case was decided since; "" where it is owed as before.

    The case and the due are locked. What is not owed any more is taken off the claim it was part of.
    """
    imposed = due.application.proceedings.filter(outcome=Proceeding.Outcome.IMPOSED).select_related("application")
    # A revocation takes the whole decision away, and claims back with it: also what was stopped before it.
    for proceeding in sorted(imposed.order_by("closed_at", "pk"), key=lambda one: one.kind != KIND.REVOKE):
        case = Case(proceeding.application, None, user, at)
        if proceeding.kind == KIND.REVOKE:
            stopping.stop(case, [due])
            _take_off(Recovery.objects.filter(decided_in=proceeding.application_id), due, due.amount, at)
            return "stopped"
        if proceeding.kind == KIND.STOP and _from(proceeding) <= due.payable_from:
            stopping.stop(case, [due])
            return "stopped"
    return _lower(due, imposed, user, at)


def _from(proceeding: Proceeding) -> date:
    return proceeding.effective_on or date.max


def _lower(due: Due, imposed: QuerySet[Proceeding], user: User | None, at: datetime) -> str:
    """No more for its period than its phase-out pays now, and than any measure left of it."""
    limits = [
        (one.amount, one.application)
        for one in imposed.filter(kind=KIND.REDUCE, effective_on__lte=due.payable_from).order_by("pk")
    ]
    others = _others(due)
    month = changed(due.application, due.period)
    if month is not None:
        limits.append((month.amount, due.application))
        _take_off(_claims_since(due, month), due, due.amount - max(ZERO, month.amount - others), at)
    if not limits:
        return ""
    limit, decided = min(limits, key=lambda one: one[0])
    if due.amount + others <= limit:
        return ""
    stopping.lower(Case(decided, None, user, at), [due], limit, {due.period: others})
    return "lowered" if limit > others else "stopped"


def _others(due: Due) -> Decimal:
    """What is owed for the same period besides, paid or not, and what was set off of it, in yuan."""
    lines = Due.objects.filter(application=due.application_id, period=due.period, stop__isnull=True).exclude(pk=due.pk)
    owed = lines.aggregate(all=Sum("amount"))["all"] or ZERO
    return owed + stopping.set_off_of(due.application).get(due.period, ZERO)


def _claims_since(due: Due, month: Month) -> QuerySet[Recovery]:
    """What was claimed back of a case since the change was settled that lowered a month: it may have claimed that."""
    settled = ChangeOutcome.objects.get(change=month.stand.change)
    claims = Recovery.objects.filter(application=due.application_id, recorded_at__gte=settled.decided_at)
    return claims.filter(decided_in__proceeding__kind=KIND.RECOVER)


def _take_off(claims: QuerySet[Recovery], due: Due, amount: Decimal, at: datetime) -> None:
    """Claims grow smaller by what came back by itself, in yuan; they end with nothing left, not below."""
    for pk in claims.order_by("pk").values_list("pk", flat=True):
        recovery = collecting.locked(pk)
        part = min(amount, collecting.left_of(recovery))
        if part > ZERO:
            kind = RecoveryPayment.Kind.RETURNED
            came = collecting.Came(part, timezone.localdate(at), kind, due=due)
            collecting.enter(recovery, came, None, at)
            amount -= part
