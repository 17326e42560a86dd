"""Reserving and committing money in budget envelopes, without overspending under concurrency."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from applications.models import Application
from benefits.models import Budget, Due
from people.models import Division
from people.refusals import Conflict


def reserve(application: Application, dues: list[Due]) -> None:
    """Reserve the dues in the envelopes of their years. Raises Conflict when an envelope has too little left."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for due in dues:
        sums[due.payable_from.year] += due.amount
    for year in sorted(sums):
        budget = _locked(application.scheme_code, application.division, year)
        if budget is None or budget.free < sums[year]:
            raise Conflict(
                _("%(year)s年本事项的预算余额不足，暂时不能批准。请先联系财政部门追加预算，本案保持不变。") % {"year": year},
                code="no_budget",
            )
        Budget.objects.filter(pk=budget.pk).update(reserved=F("reserved") + sums[year])


def commit(sums: dict[tuple[str, str, int], Decimal]) -> None:
    """Move reserved money to committed, per (scheme, division code, year), when a batch is approved."""
    for scheme, division_code, year in sorted(sums):
        budget = _locked(scheme, Division.objects.get(pk=division_code), year)
        Budget.objects.filter(pk=budget.pk).update(committed=F("committed") + sums[scheme, division_code, year])


def envelope_for(scheme: str, division: Division, year: int) -> Budget | None:
    """The nearest envelope at or above a division."""
    found = {
        budget.division_id: budget
        for budget in Budget.objects.filter(scheme_code=scheme, division_id__in=division.lineage, year=year)
    }
    return next((found[code] for code in reversed(division.lineage) if code in found), None)


def _locked(scheme: str, division: Division, year: int) -> Budget | None:
    near = envelope_for(scheme, division, year)
    return near and Budget.objects.select_for_update(of=("self",), no_key=True).get(pk=near.pk)
