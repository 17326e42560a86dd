"""Money that came back and is not owed any more: what was decided while it was with the bank holds for it too.

A decision stops and lowers only what has not gone out. What has gone and comes back is caught up with here, so that it
is not paid again.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from applications.door import Case
from approvals.models import Proceeding
from benefits import collecting, stopping
from benefits.models import ChangeOutcome, Due, Recovery, RecoveryPayment
from benefits.phase_out.money import changed
from benefits.phase_out.months import Month
from payouts.models import Payout
from payouts.returns.claims import room_of
from people.models import User
from schemes.rules.money import ZERO

KIND = Proceeding.Kind


def catch_up(due: Due, user: User | None, at: datetime) -> str:
    """Stop or lower a due whose money came back, as its case was decided since; "" where it is owed as before.

    The case and the due are locked. What is not owed any more is taken off the claim it was part of.
    """
    imposed = _imposed(due)
    # A revocation takes the whole decision away, and claims back with it: also what was stopped before it.
    for proceeding in sorted(imposed.order_by("closed_at", "pk"), key=lambda one: one.kind != KIND.REVOKE):
        case = Case(proceeding.application, None, user, at)
        if proceeding.kind == KIND.REVOKE:
            stopping.stop(case, [due])
            _take_off(_claims_of(proceeding), due, due.amount, at)
            return "stopped"
        if proceeding.kind == KIND.STOP and due.taken_from(_from(proceeding)):
            stopping.stop(case, [due])
            return "stopped"
    return _lower(due, imposed, user, at)


def catch_up_claim(recovery: Recovery, at: datetime) -> Decimal:
    """Take off a locked claim what came back while entries of repayments waited for their second person.

    To be called once such an entry was looked at; the case is locked. Returns what came back beyond all that was
    claimed, in yuan: so much was paid back though the bank had returned it.
    """
    over = ZERO
    for due in _caught_up(recovery).select_related("application", "stop").order_by("pk"):
        claims, amount = _not_owed(due)
        if claims.filter(pk=recovery.pk).exists():
            over += _take_off(claims, due, amount - _booked(due), at)
    return over


def _caught_up(recovery: Recovery) -> QuerySet[Due]:
    """The dues that came back since a claim was recorded and were stopped for that: it counted them as gone.

    What had come back before was never claimed: a decision or a set-off stopped it at a moment of its own.
    """
    here = Payout.objects.filter(due=OuterRef("pk"), state=Payout.State.RETURNED)
    here = here.filter(returned_at__gt=recovery.recorded_at, returned_at=OuterRef("stop__stopped_at"))
    rows = Due.objects.filter(Exists(here), application=recovery.application_id, stop__isnull=False)
    return rows.exclude(payouts__in=Payout.objects.live())


def _not_owed(due: Due) -> tuple[QuerySet[Recovery], Decimal]:
    """How much of what came back was claimed, in yuan, and the claims it may be part of."""
    revoked = _imposed(due).filter(kind=KIND.REVOKE).order_by("closed_at", "pk").first()
    if revoked is not None:
        return _claims_of(revoked), due.amount
    month = changed(due.application, due.period)
    if month is None:
        return Recovery.objects.none(), ZERO
    return _claims_since(due, month), due.amount - max(ZERO, month.amount - _others(due, due.stop.stopped_at))


def _booked(due: Due) -> Decimal:
    """What of a due was taken off claims since it came back, in yuan."""
    rows = RecoveryPayment.objects.filter(due=due, kind=RecoveryPayment.Kind.RETURNED)
    return -(rows.aggregate(all=Sum("amount"))["all"] or ZERO)


def _imposed(due: Due) -> QuerySet[Proceeding]:
    return due.application.proceedings.filter(outcome=Proceeding.Outcome.IMPOSED).select_related("application")


def _claims_of(revocation: Proceeding) -> QuerySet[Recovery]:
    return Recovery.objects.filter(decided_in=revocation.application_id)


def _from(proceeding: Proceeding) -> date:
    return proceeding.effective_on or date.max


def _lower(due: Due, imposed: QuerySet[Proceeding], user: User | None, at: datetime) -> str:
    """No more for its period than its phase-out pays now, and than any measure left of it."""
    limits = [
        (one.amount, one.application)
        for one in imposed.filter(kind=KIND.REDUCE).order_by("pk")
        if due.taken_from(_from(one))
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


def _others(due: Due, until: datetime | None = None) -> Decimal:
    """What is owed for the same period besides, paid or not, and what was set off of it, in yuan.

    `until`: as it was before the due was stopped, without what took its place.
    """
    lines = Due.objects.filter(application=due.application_id, period=due.period).exclude(pk=due.pk)
    if until is None:
        lines = lines.filter(stop__isnull=True)
    else:
        lines = lines.filter(Q(stop__isnull=True) | Q(stop__stopped_at__gte=until), recorded_at__lt=until)
    owed = lines.aggregate(all=Sum("amount"))["all"] or ZERO
    return owed + stopping.set_off_of(due.application).get(due.period, ZERO)


def _claims_since(due: Due, month: Month) -> QuerySet[Recovery]:
    """What was claimed back of a case since the change was settled that lowered a month: it may have claimed that."""
    settled = ChangeOutcome.objects.get(change=month.stand.change)
    claims = Recovery.objects.filter(application=due.application_id, recorded_at__gte=settled.decided_at)
    return claims.filter(decided_in__proceeding__kind=KIND.RECOVER)


def _take_off(claims: QuerySet[Recovery], due: Due, amount: Decimal, at: datetime) -> Decimal:
    """Claims grow smaller by what came back by itself, in yuan; they end with nothing left, not below.

    What was entered as paid back and waits for its second person is left out; returns what could not be taken off.
    """
    for pk in claims.order_by("pk").values_list("pk", flat=True):
        recovery = collecting.locked(pk)
        part = min(amount, room_of(recovery))
        if part > ZERO:
            kind = RecoveryPayment.Kind.RETURNED
            came = collecting.Came(part, timezone.localdate(at), kind, due=due)
            collecting.enter(recovery, came, None, at)
            amount -= part
    return max(amount, ZERO)
