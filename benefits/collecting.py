"""What comes back of a claim 追回. Payments are appended; together they are never more than the claim."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.models import Due, Recovery, RecoveryPayment
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid

PROOF = "recovery.proof"


@dataclass(frozen=True)
class Came:
    """A sum in yuan (positive), the day it came, and by what: a voucher's number, or the due it was set off against."""

    amount: Decimal
    on: date
    kind: str = RecoveryPayment.Kind.PAID
    proof: str = ""
    due: Due | None = None


def left_of(recovery: Recovery) -> Decimal:
    """What is still owed, in yuan."""
    last = recovery.payments.order_by("-sequence").first()
    return last.left if last else recovery.amount


def locked(pk: int) -> Recovery:
    """A claim, locked: its payments are counted one after the other. Raises DoesNotExist."""
    related = ("application__data_key", "decided_in")
    return Recovery.objects.select_for_update(of=("self",), no_key=True).select_related(*related).get(pk=pk)


def enter(recovery: Recovery, came: Came, by: User | None, at: datetime) -> RecoveryPayment:
    """Append what came, to a locked claim.

    Raises Invalid for nothing, or for more than is owed; Conflict for a voucher that was entered for it before.
    """
    left, sequence = left_of(recovery), recovery.payments.count() + 1
    check_amount(came.amount, left)
    index = _index_of(recovery, came)
    return RecoveryPayment.objects.create(
        recovery=recovery,
        sequence=sequence,
        kind=came.kind,
        amount=-came.amount,
        left=left - came.amount,
        received_on=came.on,
        proof=vault.encrypt(recovery.application.data_key, came.proof, PROOF) if came.proof else b"",
        proof_index=index,
        due=came.due,
        by=by,
        recorded_at=at,
    )


def check_amount(amount: Decimal, left: Decimal) -> None:
    """Raise Invalid for nothing, or for more than is left, in yuan."""
    if amount <= 0 or amount > left:
        text = _("金额应当大于0，不超过还没有追回的%(left)s元。")
        raise Invalid(errors={"amount": text % {"left": left}}, code="more_than_owed")


def refuse_known(recovery: Recovery, index: str) -> None:
    """Raise Conflict for a voucher, given by its keyed hash, that was counted for a claim before."""
    if recovery.payments.filter(proof_index=index).exists():
        raise Conflict(known_words(), code="voucher_known")


def known_words() -> str:
    """That a voucher was entered before, in the reader's language."""
    return _("这张凭证已经登记过，没有重复登记。请核对凭证编号；确是另一笔缴款的，请填写它自己的凭证编号。")


def _index_of(recovery: Recovery, came: Came) -> str | None:
    """The keyed hash of the voucher, however its number was typed; None for what came without one."""
    if came.kind != RecoveryPayment.Kind.PAID:
        return None
    index = vault.blind_index("proof", came.proof)
    refuse_known(recovery, index)
    return index


def proof_of(payment: RecoveryPayment) -> str:
    """The number of the voucher, "" where there is none. Raises KeyDestroyed or Undecipherable."""
    if not payment.proof:
        return ""
    return vault.decrypt(payment.recovery.application.data_key, bytes(payment.proof), PROOF)
