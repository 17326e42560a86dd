"""What followed, in the applicant's words: the answer of another office; what was granted."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists
from django.utils.translation import gettext as _

from applications.models import Application
from approvals import answers
from approvals.models import Answer
from benefits.models import Due, PhaseOut, RecoveryPayment, Service, Waiver
from payouts.holds.standing import holding
from payouts.models import Payout
from payouts.returns import accounts
from people import vault
from people.remembering import once


@dataclass(frozen=True)
class Payment:
    """One line owed: a month or a year, the amount in yuan, and how far it has got."""

    period: str
    amount: Decimal
    status: str
    colour: str
    stopped: bool = False


@dataclass(frozen=True)
class Answered:
    """What the office in charge answered: `details` (by, number, words) are empty where they cannot be opened."""

    answer: Answer
    details: dict[str, str]


@dataclass(frozen=True)
class Following:
    """What there is to tell; parts that do not apply are None or empty. `came_back`: money did, and was not paid anew;
    `account_wanted`: another account is needed for it.

    `bank`: the bank that gave the loan, where it is paid and not the applicant. `held`: something waits until an
    official has looked into it; why is between the office and who gave the hint.
    """

    waiver: Waiver | None
    phase_out: PhaseOut | None
    service: Service | None
    payments: list[Payment]
    account_wanted: bool
    held: bool
    came_back: bool = False
    bank: str = ""


def answered(application: Application) -> Answered | None:
    """The answer of the office a request was handed on to, None while there is none."""
    found = Answer.objects.filter(application=application).select_related("application__data_key").order_by("pk").last()
    if found is None:
        return None
    try:
        return Answered(found, answers.details_of(found))
    except vault.VaultError:
        return Answered(found, {})


def what_followed(application: Application) -> Following | None:
    """What followed the decision, None while nothing was granted."""
    waiver = Waiver.objects.filter(application=application).first()
    phase_out = PhaseOut.objects.filter(application=application).first()
    service = Service.objects.filter(application=application).first()
    dues = list(
        Due.objects.filter(application=application)
        .select_related("stop", "milestone", "bank__organisation")
        .prefetch_related("payouts")
        .order_by("payable_from", "sequence")
    )
    if not (waiver or phase_out or service or dues):
        return None
    mine = Due.objects.filter(application=application, stop__isnull=True)
    held = set(mine.filter(Exists(holding())).values_list("pk", flat=True))
    payments = [_payment(due, held) for due in dues]
    back = any(payout.state == Payout.State.RETURNED for due in dues for payout in due.payouts.all())
    wanted = back and accounts.wanted(application)
    bank = next((str(due.bank) for due in dues if due.bank), "")
    return Following(waiver, phase_out, service, payments, wanted, bool(held), back, bank)


def followed_once(application: Application) -> Following | None:
    """As `what_followed`; a page that tells it in two places asks once."""
    return once(("followed", application.pk), lambda: what_followed(application))


def _payment(due: Due, held: set[int]) -> Payment:
    if hasattr(due, "stop"):
        set_off = due.set_off.filter(kind=RecoveryPayment.Kind.SET_OFF).exists()
        return Payment(due.period, due.amount, _("已抵扣追回款") if set_off else _("已停发"), "grey", stopped=True)
    if due.kept_back:
        return Payment(due.period, due.amount, _("等待这一期完成"), "grey")
    states = [payout.state for payout in due.payouts.all()]
    if Payout.State.PAID in states:
        return Payment(due.period, due.amount, _("已到账"), "green")
    if Payout.State.EXPORTED in states:
        return Payment(due.period, due.amount, _("已送银行发放"), "green")
    if due.pk in held:
        return Payment(due.period, due.amount, _("暂缓发放，正在核实"), "yellow")
    if Payout.State.BATCHED in states or Payout.State.RESERVED in states:
        return Payment(due.period, due.amount, _("财政正在办理"), "blue")
    if Payout.State.RETURNED in states:
        return Payment(due.period, due.amount, _("银行退回"), "red")
    return Payment(due.period, due.amount, _("等待发放"), "grey")
