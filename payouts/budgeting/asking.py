"""Asking for money 预算追加申请, and what finance itself proposes: less, a part for a county. Somebody else decides."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from benefits.models import Budget, BudgetRequest
from payouts import scope
from payouts.budgeting import who
from payouts.reviewing import keep
from payouts.titles import paying_titles
from people.models import Division, Office, User
from people.refusals import Conflict, Invalid, Refused

Kind = BudgetRequest.Kind
LONGEST_REASON = 500


@dataclass(frozen=True)
class Asked:
    """What is asked: of which envelope, how much in yuan, and why; `to` is the county that gets a part."""

    kind: str
    scheme: str
    year: int
    amount: Decimal
    reason: str
    to: str = ""


def ask(user: User, office_id: int, asked: Asked, at: datetime) -> BudgetRequest:
    """Write down what an office asks for.

    Raises NotFound for an office that is not the user's, Refused where only finance may propose it, Invalid for what
    is missing or more than is free.
    """
    office = who.asking_office(user, office_id, at)
    _check_words(asked, at)
    division = _division(user, office, asked, at)
    budget = Budget.objects.filter(scheme_code=asked.scheme, division=division, year=asked.year).first()
    if asked.kind != Kind.INCREASE:
        _check_free(budget, asked)
    return write(user, office, asked, division, at)


def write(user: User, office: Office, asked: Asked, division: Division, at: datetime) -> BudgetRequest:
    """The row and its event."""
    request = BudgetRequest(
        kind=asked.kind,
        scheme_code=asked.scheme,
        division=division,
        year=asked.year,
        to_division_id=asked.to or None,
        amount=asked.amount,
        reason=asked.reason.strip(),
        office=office,
        requested_by=user,
        requested_at=at,
    )
    data = {"kind": asked.kind, "scheme": asked.scheme, "year": asked.year, "amount": f"{asked.amount:.2f}"}
    waits = Conflict(_("这项预算的结转已经有人提出，等待复核。"), code="carry_over_waits")
    return keep(request, "budget.requested", data, waits=waits)


def _check_words(asked: Asked, at: datetime) -> None:
    errors = {}
    if asked.scheme not in paying_titles():
        errors["scheme"] = _("请选择事项。")
    this_year = timezone.localdate(at).year
    if asked.year not in (this_year - 1, this_year, this_year + 1):
        errors["year"] = _("预算年度只能是上年、本年或者下年。")
    if asked.amount <= 0:
        errors["amount"] = _("金额应大于0元。")
    if not asked.reason.strip() or len(asked.reason) > LONGEST_REASON:
        errors["reason"] = _("请写明理由，不超过%(most)s字。") % {"most": LONGEST_REASON}
    if errors:
        raise Invalid(errors=errors)


def _division(user: User, office: Office, asked: Asked, at: datetime) -> Division:
    """Whose envelope is meant."""
    if office.function != Office.Function.FINANCE:
        if asked.kind != Kind.INCREASE:
            raise Refused(_("调减、分配和结转由财政局提出。"), code="finance_only")
        return who.place_of(office, asked.scheme, asked.year, at)
    scope.require(user, scope.MAKER, office, at)
    if asked.kind == Kind.SPLIT and asked.to not in {place.pk for place in who.counties_under(office)}:
        raise Invalid(errors={"to": _("请选择本地下一级的地方。")})
    return office.division


def _check_free(budget: Budget | None, asked: Asked) -> None:
    if budget is None:
        raise Invalid(errors={"scheme": _("这个事项在这一年没有预算。")})
    if asked.amount > budget.free:
        words = _("预算已预留%(reserved)s元，最多只能减少%(free)s元。")
        text = words % {"reserved": f"{budget.reserved:.2f}", "free": f"{budget.free:.2f}"}
        raise Invalid(errors={"amount": text})
