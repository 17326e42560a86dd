"""Reserving and committing money in budget envelopes, without overspending under concurrency."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from benefits.models import Budget, Due
from people.models import Division
from people.refusals import Conflict


def reserve(application: Application, dues: list[Due]) -> None:
    """Reserve the dues in the envelopes of their years, and name the envelope in each due (not yet saved).

    Raises Conflict when an envelope has too little left.
    """
    by_year: dict[int, list[Due]] = defaultdict(list)
    for due in dues:
        by_year[year_of(due)].append(due)
    for year in sorted(by_year):
        owed = sum((due.amount for due in by_year[year]), Decimal("0.00"))
        budget = _locked(application.scheme_code, application.division, year)
        if budget is None or budget.free < owed:
            raise Conflict(
                _("%(year)s年本事项的预算余额不足，暂时不能批准。请先联系财政部门追加预算，本案保持不变。")
                % {"year": year},
                code="no_budget",
            )
        _write(budget, reserved=budget.reserved + owed)
        for due in by_year[year]:
            due.budget = budget


def year_of(due: Due) -> int:
    """The year whose envelope a due is reserved in: that of its day.

    An instalment is money of the year of the decision, whenever its milestone is met.
    """
    return (timezone.localdate(due.recorded_at) if due.milestone_id else due.payable_from).year


def commit(sums: dict[int, Decimal]) -> None:
    """Move reserved money to committed, yuan by envelope id, when a batch is approved."""
    envelopes = Budget.objects.filter(pk__in=sums).order_by("year", "pk")
    for budget in envelopes.select_for_update(of=("self",), no_key=True):
        _write(budget, committed=budget.committed + sums[budget.pk])


def uncommit(sums: dict[int, Decimal]) -> None:
    """Move committed money back to reserved, yuan by envelope id, when the bank returns it: it is owed still."""
    envelopes = Budget.objects.filter(pk__in=sums).order_by("year", "pk")
    for budget in envelopes.select_for_update(of=("self",), no_key=True):
        _write(budget, committed=budget.committed - sums[budget.pk])


def release(sums: dict[int, Decimal]) -> None:
    """Give reserved money back to its envelopes, yuan by envelope id, when dues are stopped."""
    envelopes = Budget.objects.filter(pk__in=sums).order_by("year", "pk")
    for budget in envelopes.select_for_update(of=("self",), no_key=True):
        _write(budget, reserved=budget.reserved - sums[budget.pk])


def reserve_in(envelope: int, amount: Decimal) -> None:
    """Reserve a sum in an envelope that has just released more than that and is locked."""
    budget = Budget.objects.get(pk=envelope)
    _write(budget, reserved=budget.reserved + amount)


def envelope_for(scheme: str, division: Division, year: int) -> Budget | None:
    """The nearest envelope at or above a division."""
    rows = Budget.objects.filter(scheme_code=scheme, division_id__in=division.lineage, year=year)
    return nearest({budget.division_id: budget for budget in rows}, division)


def envelopes_of(scheme: str, year: int) -> dict[str, Budget]:
    """All envelopes of a scheme in a year by division."""
    return {budget.division_id: budget for budget in Budget.objects.filter(scheme_code=scheme, year=year)}


def nearest(envelopes: Mapping[str, Budget], division: Division) -> Budget | None:
    """Of envelopes by division, the nearest at or above one."""
    return next((envelopes[code] for code in reversed(division.lineage) if code in envelopes), None)


def _locked(scheme: str, division: Division, year: int) -> Budget | None:
    near = envelope_for(scheme, division, year)
    return near and Budget.objects.select_for_update(of=("self",), no_key=True).get(pk=near.pk)


def _write(budget: Budget, **sums: Decimal) -> None:
    """Write sums of a locked envelope, added up here: SQLite adds in binary fractions, and so 0.10 three times is more
    than 0.30, which its constraint then refuses.
    """
    Budget.objects.filter(pk=budget.pk).update(**sums)
