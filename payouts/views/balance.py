"""平账: where the money of one's bureaus stands, what moved lately, and whether everything agrees."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benefits.models import Due, Tranche
from payouts import scope
from payouts.balance import CHECKS, PARTS, Line, faults, standing, total
from payouts.balance.charts import Chart, by_day, grouped
from payouts.balance.days import Day, movements
from payouts.overview import BAR
from payouts.titles import titles
from people.access import official_required
from people.joining import listed
from people.models import Division
from people.one_moment import one_moment
from people.refusals import NotFound

DAYS = 30


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Sums only, nobody's data: no read event. All of them as they stood at one moment."""
    at = timezone.localtime()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    with one_moment():
        context = _context(sorted({office.division_id for office in offices}), at)
    return render(request, "payouts/balance.html", context)


def _context(divisions: list[str], at: datetime) -> dict[str, Any]:
    lines = standing(Due.objects.filter(budget__division__in=divisions), at)
    found, named = faults(divisions), titles()
    days = movements(divisions, at.date() - timedelta(days=DAYS - 1), at.date())
    counties = {one.pk: one for one in Division.objects.filter(pk__in={line.county for line in lines})}
    return {
        "parts": _drawn(total(lines)),
        "approved": sum((line.approved for line in lines), Decimal("0.00")),
        "headings": list(PARTS.values()),
        "lines": [(named.get(line.scheme, line.scheme), counties.get(line.county), line) for line in lines],
        "checks": [(label, [fault for fault in found if fault.check == code]) for code, (_c, label) in CHECKS.items()],
        "balanced": not found,
        "charts": _charts(lines, named, counties),
        "day_chart": _day_chart(days),
        "days": days,
        "day_count": DAYS,
        "bar_width": BAR,
    }


def _charts(lines: list[Line], named: dict[str, str], counties: dict[str, Division]) -> list[Chart]:
    """By scheme, fund and county: what was approved, and how much of it went out."""
    funds, heads = _funds({line.budget for line in lines}), (_("批准"), _("已送银行和已到账"))
    groups = (
        ("scheme", _("按事项"), _("事项"), lambda line: str(named.get(line.scheme, line.scheme))),
        ("fund", _("按资金来源"), _("资金来源"), lambda line: funds.get(line.budget, _("没有注明"))),
        ("county", _("按县市区"), _("县市区"), lambda line: str(counties.get(line.county, line.county))),
    )
    return [Chart(code, title, (head, *heads), grouped(lines, of)) for code, title, head, of in groups]


def _funds(budgets: set[int]) -> dict[int, str]:
    """Where the money of each envelope comes from, by its documents."""
    found: dict[int, set[str]] = {}
    for tranche in Tranche.objects.filter(budget__in=budgets).order_by("pk"):
        found.setdefault(tranche.budget_id, set()).add(str(tranche.get_source_display()))
    return {budget: listed(sorted(sources)) for budget, sources in found.items()}


def _day_chart(days: list[Day]) -> Chart:
    return Chart("day", _("按天"), (_("日期"), _("批准"), _("送银行")), by_day(days))


def _drawn(sums: dict[str, Decimal]) -> list[dict[str, Any]]:
    """Each part with its words, its sum and the length of its bar; the longest is as long as a bar can be."""
    longest = max(sums.values()) or Decimal(1)
    return [
        {"label": label, "sum": sums[part], "length": max(1, int(sums[part] * BAR / longest)) if sums[part] else 0}
        for part, label in PARTS.items()
    ]
