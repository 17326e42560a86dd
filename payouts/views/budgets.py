"""预算: envelopes by year, scheme and fund; one envelope with its documents, months and levels; the earmark report."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benefits.budgets.using import ZERO, by_month, outlook
from benefits.budgets.waiting import need_now, waiting_for
from benefits.models import BudgetRequest, Due
from payouts import scope
from payouts.budgeting import carrying, report, sheets, shown, who
from payouts.forms_budgets import CarryForm, EnvelopeFilters
from payouts.titles import titles
from people.access import official_required
from people.forms import tried
from people.one_moment import one_moment
from people.refusals import NotFound


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The envelopes of the reader's bureaus. Sums only, nobody's data: no read event."""
    at, named = timezone.now(), titles()
    form, rows = _wanted(request, named, at)
    waiting = who.requests_of(request.user, at).filter(state=BudgetRequest.State.WAITING).count()
    funds = report.by_source(rows)
    context = {
        "form": form,
        "sources": shown.sources(funds),
        "envelopes": shown.envelopes(rows, named, report.total(used for _label, used in funds)),
        "waiting": waiting,
        "query": request.GET.urlencode(),
    }
    return render(request, "payouts/budgets/list.html", context)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """专款专用 as a file, of what the list shows."""
    if kind not in sheets.CONTENT_TYPES:
        raise NotFound()
    at, named = timezone.now(), titles()
    form, rows = _wanted(request, named, at)
    response = HttpResponse(sheets.as_file(rows, named, kind), content_type=sheets.CONTENT_TYPES[kind])
    name = _("专款专用-%(year)s.%(kind)s") % {"year": form.chosen()["year"], "kind": kind}
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One envelope; a POST proposes to carry over its rest."""
    at = timezone.now()
    budget = who.envelope_of(request.user, pk, at)
    form = CarryForm(request.POST or None)
    outcome = tried(request, form, lambda given: carrying.propose(request.user, budget.pk, given["reason"], at))
    if outcome.done:
        messages.success(request, _("已提出结转，由另一位工作人员审核。"))
        return redirect("payouts:budget", pk)
    with one_moment():
        context = _context(request, pk, form, at)
    return render(request, "payouts/budgets/envelope.html", context, status=outcome.status)


def _wanted(request: HttpRequest, named: dict[str, str], at: datetime) -> tuple[EnvelopeFilters, list[report.Row]]:
    """The filters as given, and the envelopes they let through."""
    mine = who.envelopes_of(request.user, at)
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    years = mine.order_by("year").values_list("year", flat=True).distinct()
    schemes = mine.order_by("scheme_code").values_list("scheme_code", flat=True).distinct()
    form = EnvelopeFilters(list(years), {code: named.get(code, code) for code in schemes}, at, request.GET)
    chosen = form.chosen()
    found = mine.filter(year=chosen["year"])
    if chosen["scheme"]:
        found = found.filter(scheme_code=chosen["scheme"])
    with one_moment():
        rows = report.rows_of(found.order_by("scheme_code", "division_id"))
    return form, [row for row in rows if chosen["source"] in ("", row.source)]


def _context(request: HttpRequest, pk: int, form: CarryForm, at: datetime) -> dict[str, Any]:
    budget = who.envelope_of(request.user, pk, at)
    named = titles()
    [row] = report.rows_of([budget])
    waiting = waiting_for(budget)
    asked = who.requests_of(request.user, at).filter(scheme_code=budget.scheme_code, year=budget.year)
    bureaus = [one for one in scope.finance_offices(request.user, at) if one.division_id == budget.division_id]
    return {
        "form": form,
        "budget": budget,
        "row": row,
        "title": named.get(budget.scheme_code, budget.scheme_code),
        "documents": shown.documents(row),
        "tranches": shown.tranches(budget),
        "requests": shown.requests(asked.filter(division=budget.division_id), named, "payouts:budget_request"),
        "months": shown.months(by_month(Due.objects.filter(budget=budget))),
        "counties": shown.counties(budget),
        "levels": shown.borne_by(budget),
        "waiting": len(waiting),
        "wanted": sum((need_now(one, at) for one in waiting), ZERO),
        "outlook": outlook(budget),
        "may_carry": carrying.may_carry(budget, at)
        and any(scope.may(request.user, scope.MAKER, one, at) for one in bureaus),
    }
