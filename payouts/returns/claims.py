"""追回: what is claimed back, and setting it off against a later due when somebody decides so."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from benefits import collecting, stopping
from benefits.milestones.standing import kept_back
from benefits.models import Due, DueStop, Recovery, RecoveryPayment
from payouts import hands, scope
from payouts.models import Payout, Repayment
from payouts.payable import open_claims
from people.finding import one_of
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

Kind = RecoveryPayment.Kind


def claims_of(user: User, at: datetime, *, closed: bool = False) -> QuerySet[Recovery]:
    """Claims about money of the user's bureaus, each with `left`; settled ones only when asked for."""
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    mine = Due.objects.filter(budget__division__in=divisions).values("application")
    claims = open_claims(closed=closed).filter(application__in=mine)
    return claims.select_related("application__data_key", "application__scheme_version", "decided_in").order_by("pk")


def claim_of(user: User, pk: int, at: datetime) -> Recovery:
    """One of them, open or closed. Raises NotFound."""
    return one_of(claims_of(user, at, closed=True), pk=pk)


def room_of(recovery: Recovery) -> Decimal:
    """What is open of a claim in yuan, beside what was entered as paid back and waits for its second person."""
    waiting = recovery.repayments.filter(state=Repayment.State.WAITING)
    return collecting.left_of(recovery) - sum(waiting.values_list("amount", flat=True), Decimal("0.00"))


def offsettable(user: User, recovery: Recovery, at: datetime) -> QuerySet[Due]:
    """Dues of the same payee, out of the user's envelopes, that are neither stopped nor on their way, nor wait for a
    milestone. One that goes to the bank that gave a loan only against the claim of its own case, and only when it came
    back: then it waits for this decision.
    """
    divisions = {office.division_id for office in scope.finance_offices(user, at)}
    about = recovery.application
    payee = {"payee_organisation": about.payee_organisation_id} if about.by_organisation else {"payee": about.payee_id}
    if None in payee.values():
        return Due.objects.none()
    mine = Due.objects.exclude(kept_back()).filter(budget__division__in=divisions, stop__isnull=True, **payee)
    back = Payout.objects.filter(due=OuterRef("pk"), state=Payout.State.RETURNED, due__application=about.pk)
    free = mine.filter(Q(bank__isnull=True) | Exists(back)).exclude(payouts__in=Payout.objects.live())
    return free.select_related("application", "budget").order_by("payable_from", "pk")


def set_off(user: User, pk: int, due: int, reason: str, at: datetime) -> RecoveryPayment:
    """Do not pay a due, as far as the claim reaches: a checker's decision with its reason. What is over is owed still.

    Raises NotFound for a due of somebody else, Conflict for one that went another way, Refused, Invalid.
    """
    found = claim_of(user, pk, at)
    wanted = offsettable(user, found, at).filter(pk=due).first()
    if wanted is None:
        raise NotFound()
    if not scope.may(user, scope.CHECKER, _office(user, wanted, at), at):
        raise Refused(_("这一步须由财务复核岗位决定。"), code="other_role")
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明为什么抵扣。")})
    with opened(found, user, at, wanted.application) as case:
        locked = _locked_due(wanted)
        recovery = collecting.locked(pk)
        payment = _set_off(recovery, locked, reason.strip(), user, at)
        case.record("recovery.set_off", sequence=payment.sequence, due=locked.pk)
    return payment


def opened(claim: Recovery, user: User, at: datetime, other: Application | None = None) -> object:
    """The door to the case of a claim; the case of the due it is set off against (`other`) is locked with it.

    Raises Refused for whoever took part in the case or is close to it.
    """
    application = claim.application
    if hands.took_part(user, [application.pk, claim.decided_in_id]):
        raise Refused(_("您参与办理过这份申请，或者是当事人、近亲属，不能登记追回。"), code="four_eyes")
    also, beside = (other.process_ref, other.pk) if other else (None, None)
    return door.open_with(application.pk, application.process_ref, also=also, beside=beside, user=user, at=at)


def _office(user: User, due: Due, at: datetime) -> object:
    return next(one for one in scope.finance_offices(user, at) if one.division_id == due.budget.division_id)


def _locked_due(due: Due) -> Due:
    locked = Due.objects.select_for_update(of=("self",), no_key=True).get(pk=due.pk)
    if DueStop.objects.filter(due=due).exists() or Payout.objects.live().filter(due=due).exists():
        raise Conflict(_("这笔款刚刚停发或者编入了批次，不能抵扣。"), code="taken")
    return locked


def _set_off(recovery: Recovery, due: Due, reason: str, user: User, at: datetime) -> RecoveryPayment:
    """Money of this very due that came back counts as returned, anything else as set off."""
    amount = min(due.amount, room_of(recovery))
    if amount <= 0:
        raise Conflict(_("还没有追回的钱都已登记缴回，正在等待复核，不能再抵扣。"), code="nothing_left")
    came_back = (
        due.payouts.filter(state=Payout.State.RETURNED).exists() and due.application_id == recovery.application_id
    )
    kind = Kind.RETURNED if came_back else Kind.SET_OFF
    came = collecting.Came(amount, timezone.localdate(at), kind, reason, due)
    payment = collecting.enter(recovery, came, user, at)
    deciding = door.Case(recovery.decided_in, None, user, at)
    if amount == due.amount:
        stopping.stop(deciding, [due])
    else:
        stopping.lower(deciding, [due], due.amount - amount)
    return payment
