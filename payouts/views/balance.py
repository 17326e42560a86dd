"""平账: where the money of one's bureaus stands, what moved lately, and whether everything agrees."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benefits.models import Due
from payouts import scope
from payouts.balance import CHECKS, PARTS, faults, standing, total
from payouts.balance.days import movements
from payouts.overview import BAR
from payouts.titles import titles
from people.access import official_required
from people.models import Division
from people.refusals import NotFound

DAYS = 30


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Sums only, nobody's data: no read event."""
    at = timezone.localtime()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    divisions = sorted({office.division_id for office in offices})
    lines = standing(Due.objects.filter(budget__division__in=divisions), at)
    found, named = faults(divisions), titles()
    counties = {one.pk: one for one in Division.objects.filter(pk__in={line.county for line in lines})}
    context = {
        "parts": _drawn(total(lines)),
        "approved": sum((line.approved for line in lines), Decimal("0.00")),
        "headings": list(PARTS.values()),
        "lines": [(named.get(line.scheme, line.scheme), counties.get(line.county), line) for line in lines],
        "checks": [(label, [fault for fault in found if fault.check == code]) for code, (_c, label) in CHECKS.items()],
        "balanced": not found,
        "days": movements(divisions, at.date() - timedelta(days=DAYS - 1), at.date()),
        "day_count": DAYS,
        "bar_width": BAR,
    }
    return render(request, "payouts/balance.html", context)


def _drawn(sums: dict[str, Decimal]) -> list[dict[str, Any]]:
    """Each part with its words, its sum and the length of its bar; the longest is as long as a bar can be."""
    longest = max(sums.values()) or Decimal(1)
    return [
        {"label": label, "sum": sums[part], "length": max(1, int(sums[part] * BAR / longest)) if sums[part] else 0}
        for part, label in PARTS.items()
    ]
