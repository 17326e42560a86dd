"""缴回: what was paid back is entered by one, with its voucher, and counts when another has looked at it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door
from benefits import collecting
from benefits.models import Due, Recovery, RecoveryPayment
from payouts import scope
from payouts.models import Repayment
from payouts.returns import claims, grounds
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

PROOF, REASON = "repayment.proof", "repayment.reason"
State = Repayment.State


def enter(user: User, pk: int, amount: Decimal, on: date, proof: str, at: datetime) -> Repayment:
    """A sum was paid back: how much in yuan, on which day, by which voucher. It waits for somebody else.

    Raises Invalid, Refused, Conflict for a voucher that was entered before.
    """
    found = claims.claim_of(user, pk, at)
    if not proof.strip():
        raise Invalid(errors={"proof": _("请填写缴款凭证的编号。")})
    if not timezone.localdate(found.recorded_at) <= on <= timezone.localdate(at):
        raise Invalid(errors={"on": _("缴回日期不能早于追回决定，也不能在今天以后。")})
    with claims.opened(found, user, at) as case:
        recovery = collecting.locked(pk)
        collecting.check_amount(amount, claims.room_of(recovery))
        row = _keep(case, recovery, amount, on, proof.strip())
        case.record("recovery.entered", repayment=row.pk)
    return row


def _keep(case: door.Case, recovery: Recovery, amount: Decimal, on: date, proof: str) -> Repayment:
    index = vault.blind_index("proof", proof)
    collecting.refuse_known(recovery, index)
    try:
        with transaction.atomic():
            return Repayment.objects.create(
                recovery=recovery,
                amount=amount,
                received_on=on,
                proof=vault.encrypt(recovery.application.data_key, proof, PROOF),
                proof_index=index,
                entered_by=case.user,
                entered_at=case.at,
            )
    except IntegrityError as error:
        raise Conflict(collecting.known_words(), code="voucher_known") from error


def waiting_of(user: User, at: datetime) -> QuerySet[Repayment]:
    """What waits to be looked at, about claims of the user's bureaus; oldest first."""
    rows = Repayment.objects.filter(state=State.WAITING, recovery__in=claims.claims_of(user, at, closed=True))
    return rows.select_related("recovery__application__data_key", "recovery__decided_in", "entered_by").order_by("pk")


def check(user: User, pk: int, *, accepted: bool, reason: str, at: datetime) -> RecoveryPayment | None:
    """Count what was entered, or not, with a reason: by a checker who did not enter it.

    What the bank sent back meanwhile is taken off the claim then; paid back beyond that is told in the story.
    Raises NotFound, Refused, Invalid, Conflict for what somebody else looked at meanwhile.
    """
    found = waiting_of(user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    if not accepted and not reason.strip():
        raise Invalid(errors={"reason": _("请写明为什么没有通过。")})
    _require_checker(user, found.recovery, at)
    if found.entered_by_id == user.pk:
        raise Refused(_("您登记了这笔缴回，须由其他人复核。"), code="four_eyes")
    proof = proof_of(found) if accepted else ""
    with claims.opened(found.recovery, user, at) as case:
        recovery = collecting.locked(found.recovery_id)
        row = Repayment.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if row.state != State.WAITING:
            raise Conflict(_("这笔缴回已由他人复核。"), code="checked")
        return _counted(case, recovery, row, proof) if accepted else _rejected(case, recovery, row, reason.strip())


def _require_checker(user: User, claim: Recovery, at: datetime) -> None:
    paid = set(Due.objects.filter(application=claim.application).values_list("budget__division", flat=True))
    mine = [office for office in scope.finance_offices(user, at) if office.division_id in paid]
    if not any(scope.may(user, scope.CHECKER, office, at) for office in mine):
        raise Refused(_("这一步须由财务复核岗位办理。"), code="other_role")


def _counted(case: door.Case, recovery: Recovery, row: Repayment, proof: str) -> RecoveryPayment:
    came = collecting.Came(row.amount, row.received_on, RecoveryPayment.Kind.PAID, proof)
    row.payment = collecting.enter(recovery, came, row.entered_by, case.at)
    _stamp(case, row, State.CONFIRMED)
    case.record("recovery.paid", sequence=row.payment.sequence, repayment=row.pk)
    if grounds.catch_up_claim(recovery, case.at) > 0:
        case.record("recovery.overpaid", sequence=row.payment.sequence, repayment=row.pk)
    return row.payment


def _rejected(case: door.Case, recovery: Recovery, row: Repayment, reason: str) -> None:
    row.reason = vault.encrypt(recovery.application.data_key, reason, REASON)
    _stamp(case, row, State.REJECTED)
    case.record("recovery.entry_rejected", repayment=row.pk)
    grounds.catch_up_claim(recovery, case.at)


def _stamp(case: door.Case, row: Repayment, state: str) -> None:
    row.state, row.checked_by, row.checked_at = state, case.user, case.at
    row.save()


def proof_of(row: Repayment) -> str:
    """The number of the voucher. Raises Conflict where it cannot be read: then it cannot be looked at either."""
    try:
        return vault.decrypt(row.recovery.application.data_key, bytes(row.proof), PROOF)
    except vault.VaultError as error:
        raise Conflict(_("凭证编号无法读取，不能复核。请联系管理员。"), code="unreadable") from error
