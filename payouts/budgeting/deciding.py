"""Finance reviews what was asked: it brings the money with a document, or says no. Never whoever asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.budgets import tranches
from benefits.budgets.tranches import Document, Shares
from benefits.models import BudgetRequest, Tranche
from payouts import reviewing
from payouts.budgeting import carrying, who
from people.models import User
from people.refusals import Conflict, Invalid

Kind = BudgetRequest.Kind


@dataclass(frozen=True)
class Brought:
    """What the reviewer types: the document, and for new money its fund, codes and shares."""

    number: str
    dated: date
    source: str = ""
    function_code: str = ""
    economic_code: str = ""
    shares: Shares | None = None


def approve(user: User, pk: int, brought: Brought, at: datetime) -> BudgetRequest:
    """Bring the money, or move it, with a document.

    Raises NotFound, Refused for whoever asked or a colleague without the role, Conflict where it was decided already or
    less than what is reserved would be left, Invalid for what is missing.
    """
    _check_document(brought, at)
    with transaction.atomic():
        request = reviewing.open_waiting(user, who.request_of(user, pk, at), at)
        _APPLY[request.kind](request, brought, at)
        request.approve(user, at)
        request.save()
        data = {"kind": request.kind, "document": brought.number.strip(), "amount": f"{request.amount:.2f}"}
        reviewing.record(request, "budget.approved", user, at, data)
    return request


def refuse(user: User, pk: int, note: str, at: datetime) -> BudgetRequest:
    """Say no, and why. Raises as `approve` does, Invalid without a reason."""
    request = who.request_of(user, pk, at)
    return reviewing.refuse(user, request, note, at, action="budget.refused", data={"kind": request.kind})


def _check_document(brought: Brought, at: datetime) -> None:
    errors = {}
    if not brought.number.strip():
        errors["number"] = _("请填写指标文号。")
    if brought.dated > timezone.localdate(at):
        errors["dated"] = _("发文日期不能晚于今天。")
    if errors:
        raise Invalid(errors=errors)


def _increase(request: BudgetRequest, brought: Brought, at: datetime) -> None:
    if brought.source not in set(Tranche.Source.values) - {Tranche.Source.UNSTATED}:
        raise Invalid(errors={"source": _("请选择资金来源。")})
    if brought.shares is None:
        raise Invalid(errors={"county": _("三级分担比例相加应为100%。")})
    number = brought.number.strip()
    document = Document(
        number, brought.dated, brought.source, brought.shares, brought.function_code, brought.economic_code
    )
    budget = tranches.envelope(request.scheme_code, request.division_id, request.year, number)
    tranches.append(budget, Tranche.Kind.INCREASE, request.amount, document, at, request)


def _decrease(request: BudgetRequest, brought: Brought, at: datetime) -> None:
    budget = tranches.envelope(request.scheme_code, request.division_id, request.year, brought.number.strip())
    document = tranches.inherited(budget, brought.number.strip(), brought.dated)
    tranches.append(budget, Tranche.Kind.DECREASE, -request.amount, document, at, request)


def _split(request: BudgetRequest, brought: Brought, at: datetime) -> None:
    if not who.has_bureau(request.to_division_id):
        raise Conflict(_("这个地方没有财政局，分配过去的资金无人支付。请不予批准。"), code="no_bureau")
    number = brought.number.strip()
    source, target = tranches.pair(
        request.scheme_code, (request.division_id, request.year), (request.to_division_id, request.year), number
    )
    document = tranches.inherited(source, number, brought.dated)
    kinds = (Tranche.Kind.SPLIT_OUT, Tranche.Kind.SPLIT_IN)
    tranches.move(source, target, request.amount, document, kinds, at, request)


def _carry_over(request: BudgetRequest, brought: Brought, at: datetime) -> None:
    carrying.carry(request, brought.number.strip(), brought.dated, at)


_APPLY: dict[str, Callable[[BudgetRequest, Brought, datetime], None]] = {
    Kind.INCREASE: _increase,
    Kind.DECREASE: _decrease,
    Kind.SPLIT: _split,
    Kind.CARRY_OVER: _carry_over,
}
