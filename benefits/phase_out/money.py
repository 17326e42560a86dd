"""The money of a phase-out brought to what its months are: lines are stopped and appended, never edited."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from applications.door import Case
from applications.models import Application
from benefits import budgets, stopping
from benefits.models import ChangeOutcome, Due
from benefits.phase_out.facts import course_of
from benefits.phase_out.months import Month
from people import vault
from schemes.rules.money import ZERO


@dataclass(frozen=True)
class Moved:
    """Sums in yuan: `stopped` is not paid any more, `added` was owed anew, `overpaid` is gone beyond what was due."""

    stopped: Decimal = ZERO
    added: Decimal = ZERO
    overpaid: Decimal = ZERO


def bring_to(case: Case, months: Iterable[Month]) -> Moved:
    """Stop and append lines until each of these months owes what it pays; what is gone or set off stays as it is.

    A measure that lowered the case holds on: nothing is owed anew beyond it. What is gone was not overpaid for it.

    Inside the door. Raises Conflict while money lies in a batch that finance has not approved, and where a budget has
    too little left for what is owed anew.
    """
    money = stopping.locked_money(case.application)
    left, given = _by_period(money.open), money.given
    stops: list[Due] = []
    adds: list[Due] = []
    overpaid = ZERO
    for month in months:
        gone, waiting = given[month.period], left[month.period]
        overpaid += max(ZERO, gone - month.amount)
        rest = _lowered(case, month) - gone
        missing = max(ZERO, rest) - _sum(waiting)
        if missing < 0:
            stops += waiting
            missing = max(ZERO, rest)
        if missing > 0:
            adds.append(_due(case, month, missing))
    return Moved(_stop(case, stops), _add(case, adds), overpaid)


def changed(application: Application, period: str) -> Month | None:
    """A month of a phase-out as the changes settled since have it; None where none was, or nobody can read them."""
    settled = ChangeOutcome.objects.filter(change__phase_out__application=application)
    if not settled.exists():
        return None
    try:
        months = course_of(application).months()
    except vault.KeyDestroyed:
        return None
    return next((month for month in months if month.period == period and month.stand.change), None)


def _lowered(case: Case, month: Month) -> Decimal:
    """What a month may come to, in yuan: what it pays, no more than a measure left of it."""
    least = stopping.reduced_to(case.application, month.first)
    return month.amount if least is None else min(month.amount, least)


def _stop(case: Case, dues: list[Due]) -> Decimal:
    return stopping.stop(case, dues) if dues else ZERO


def _add(case: Case, dues: list[Due]) -> Decimal:
    if dues:
        budgets.reserve(case.application, dues)
        Due.objects.bulk_create(dues)
    return _sum(dues)


def _due(case: Case, month: Month, amount: Decimal) -> Due:
    application = case.application
    of_month = Due.objects.filter(application=application, period=month.period)
    return Due(
        application=application,
        payee=application.payee,
        payee_organisation=application.payee_organisation,
        scheme_code=application.scheme_code,
        period=month.period,
        sequence=(of_month.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        amount=amount,
        payable_from=month.first,
        recorded_at=case.at,
    )


def _by_period(dues: list[Due]) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = defaultdict(list)
    for due in dues:
        found[due.period].append(due)
    return found


def _sum(dues: Iterable[Due]) -> Decimal:
    return sum((due.amount for due in dues), ZERO)
