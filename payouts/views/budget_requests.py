"""预算申请: finance lists them, proposes its own and decides; line offices ask and see what became of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benefits.models import Budget, BudgetRequest
from payouts import reviewing, scope
from payouts.budgeting import asking, deciding, shown, who
from payouts.forms_budgets import ApproveForm, AskForm, BringForm, ProposeForm, RefuseForm
from payouts.titles import paying_titles, titles
from people.access import official_required
from people.forms import tried
from people.models import User
from people.refusals import NotFound

SHOWN = 100
GET_OR_POST = ["GET", "HEAD", "POST"]
State = BudgetRequest.State


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What was asked of the reader's bureaus, newest first."""
    at = timezone.now()
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    found, named = who.requests_of(request.user, at), titles()
    context = {
        "waiting": shown.requests(found.filter(state=State.WAITING)[:SHOWN], named, "payouts:budget_request"),
        "decided": shown.requests(found.exclude(state=State.WAITING)[:SHOWN], named, "payouts:budget_request"),
        "may_propose": bool(who.making_offices(request.user, at)),
        "shown": SHOWN,
    }
    return render(request, "payouts/budgets/requests.html", context)


@official_required(scope.MAKER)
@never_cache
@require_http_methods(GET_OR_POST)
def propose(request: HttpRequest) -> HttpResponse:
    """The maker of a bureau proposes more, less, or a part for a county."""
    at = timezone.now()
    offices = who.making_offices(request.user, at)
    if not offices:
        raise NotFound()
    places = [place for office in offices for place in who.counties_under(office)]
    form = ProposeForm(offices, places, paying_titles(), at, request.POST or None)
    return _asked(request, form, at, ("payouts:budget_request", "payouts:budget_requests"))


@official_required(*who.LINE_ROLES)
@never_cache
@require_http_methods(GET_OR_POST)
def own(request: HttpRequest) -> HttpResponse:
    """What the reader's line offices asked, and asking anew."""
    at = timezone.now()
    offices = who.line_offices(request.user, at)
    if not offices:
        raise NotFound()
    form = AskForm(offices, paying_titles(), at, request.POST or None)
    return _asked(request, form, at, ("budget_requests:request", "budget_requests:own"))


def _asked(request: HttpRequest, form: AskForm, at: datetime, pages: tuple[str, str]) -> HttpResponse:
    """The form of either kind, and what comes of it; `pages` name one request and the list."""
    outcome = tried(request, form, lambda given: asking.ask(request.user, given["office"], form.asked(), at))
    if outcome.done:
        messages.success(request, _("已提出申请，等待财政审核。"))
        return redirect(pages[0], outcome.result.pk)
    found = who.requests_of(request.user, at)
    mine = found.filter(office__in=who.line_offices(request.user, at))[:SHOWN]
    context = {
        "form": form,
        "requests": shown.requests(mine, titles(), pages[0]),
        "of_finance": pages[0].startswith("payouts"),
    }
    return render(request, "payouts/budgets/ask.html", context, status=outcome.status)


@official_required(*who.LINE_ROLES)
@never_cache
@require_safe
def own_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request of the reader's line offices."""
    at = timezone.now()
    mine = who.requests_of(request.user, at).filter(office__in=who.line_offices(request.user, at))
    found = mine.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return render(request, "payouts/budgets/request.html", _context(found, None, None) | {"of_finance": False})


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(GET_OR_POST)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request of the reader's bureaus; the checker brings the money or says no."""
    at = timezone.now()
    if not scope.finance_offices(request.user, at):
        raise NotFound()
    found = who.request_of(request.user, pk, at)
    refusing = "refuse" in request.POST
    approve_form = _approve_form(found, None if refusing else request.POST or None)
    refuse_form = RefuseForm(request.POST if refusing else None)
    user = request.user
    if refusing:
        outcome = tried(request, refuse_form, lambda given: _refuse(user, found, given["note"], at))
    else:
        outcome = tried(request, approve_form, lambda given: _approve(user, found, approve_form, at))
    if outcome.done:
        messages.success(request, outcome.result)
        return redirect("payouts:budget_request", pk)
    found = who.request_of(request.user, pk, at)
    offered = reviewing.may_decide(user, found, at)
    context = _context(found, approve_form if offered else None, refuse_form if offered else None)
    context["form"] = refuse_form if refusing else approve_form
    context["of_finance"] = True
    return render(request, "payouts/budgets/request.html", context, status=outcome.status)


def _approve_form(found: BudgetRequest, data: Any) -> ApproveForm:
    return (BringForm if found.kind == BudgetRequest.Kind.INCREASE else ApproveForm)(data)


def _refuse(user: User, found: BudgetRequest, note: str, at: datetime) -> str:
    deciding.refuse(user, found.pk, note, at)
    return _("已不批准，理由会显示给提出的机关。")


def _approve(user: User, found: BudgetRequest, form: ApproveForm, at: datetime) -> str:
    deciding.approve(user, found.pk, form.brought(), at)
    return _("已批准，预算已经变更。")


def _context(found: BudgetRequest, approve_form: ApproveForm | None, refuse_form: RefuseForm | None) -> dict[str, Any]:
    envelope = {"scheme_code": found.scheme_code, "division": found.division_id, "year": found.year}
    return {
        "found": found,
        "title": titles().get(found.scheme_code, found.scheme_code),
        "budget": Budget.objects.filter(**envelope).first(),
        "tranches": found.tranches.all(),
        "approve_form": approve_form,
        "refuse_form": refuse_form,
        "form": approve_form,
    }
