"""Money that came back and is not owed any more: what was decided while it was with the bank holds for it too.

A decision stops and lowers only what has not gone out. What has gone and comes back is caught up with here, so that it
is not paid again.
"""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from applications.door import Case
from approvals.models import Proceeding
from benefits import collecting, stopping
from benefits.models import Due, Recovery, RecoveryPayment
from people.models import User

KIND = Proceeding.Kind


def catch_up(due: Due, user: User | None, at: datetime) -> str:
    """Stop or lower a due whose money came back, as its case was decided since; "" where it is owed as before.

    The case and the due are locked. A revocation also takes it off what is claimed back.
    """
    imposed = due.application.proceedings.filter(outcome=Proceeding.Outcome.IMPOSED).select_related("application")
    for proceeding in imposed.order_by("closed_at", "pk"):
        case = Case(proceeding.application, None, user, at)
        if proceeding.kind == KIND.REVOKE:
            stopping.stop(case, [due])
            _take_off(proceeding, due, at)
            return "stopped"
        if proceeding.effective_on is None or due.payable_from < proceeding.effective_on:
            continue
        if proceeding.kind == KIND.STOP:
            stopping.stop(case, [due])
            return "stopped"
        if proceeding.kind == KIND.REDUCE and due.amount > proceeding.amount:
            stopping.lower(case, [due], proceeding.amount)
            return "lowered"
    return ""


def _take_off(proceeding: Proceeding, due: Due, at: datetime) -> None:
    """The claim of a revocation grows smaller by what came back by itself."""
    found = Recovery.objects.filter(decided_in=proceeding.application_id).values_list("pk", flat=True).first()
    if found is None:
        return
    recovery = collecting.locked(found)
    amount = min(due.amount, collecting.left_of(recovery))
    if amount > Decimal("0.00"):
        kind = RecoveryPayment.Kind.RETURNED
        came = collecting.Came(amount, timezone.localdate(at), kind, due=due)
        collecting.enter(recovery, came, None, at)
