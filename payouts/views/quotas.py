"""名额: what policy sets, what each county was given, used and left; asking for a split, and reviewing it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.models import QuotaShare
from payouts import reviewing, scope
from payouts.budgeting import who
from payouts.forms_budgets import RefuseForm
from payouts.forms_quotas import SplitForm
from payouts.quotas import asking, deciding, shown, standing
from payouts.titles import titles
from people.access import official_required
from people.forms import RefusableForm, tried
from people.models import Division, Office, User
from people.refusals import NotFound

SHOWN = 100
ROLES = (scope.MAKER, scope.CHECKER, *who.LINE_ROLES)
GET_OR_POST = ["GET", "HEAD", "POST"]


@official_required(*ROLES)
@never_cache
@require_http_methods(GET_OR_POST)
def listing(request: HttpRequest) -> HttpResponse:
    """The quotas that hold where the reader works, this year and the next; a POST asks for a split. Numbers only."""
    at, user = timezone.now(), request.user
    offices = standing.offices_of(user, at)
    if not offices:
        raise NotFound()
    found = _quotas(offices, at)
    form = _form(user, found, at, request.POST or None)
    outcome = tried(request, form, lambda given: asking.ask(user, given["office"], form.asked(), at))
    if outcome.done:
        messages.success(request, _("已提出申请，等待财政审核。"))
        return redirect("quotas:request", outcome.result.pk)
    context = {
        "form": form if form.fields["office"].choices else None,
        "quotas": [(one, shown.counties(one)) for one in found],
        "requests": shown.requests(asking.requests_of(user, at)[:SHOWN], titles()),
    }
    return render(request, "payouts/quotas/list.html", context, status=outcome.status)


def _quotas(offices: list[Office], at: datetime) -> list[standing.Quota]:
    """Each quota once, however many offices the reader has below the place that sets it."""
    year = timezone.localdate(at).year
    divisions = {office.division_id: office.division for office in offices}
    found = [one for each in divisions.values() for of in (year, year + 1) for one in standing.quotas_in(each, of, at)]
    return list({(one.scheme, one.division.pk, one.year): one for one in found}.values())


def _form(user: User, found: list[standing.Quota], at: datetime, data: Any) -> SplitForm:
    offices = [*who.line_offices(user, at), *who.making_offices(user, at)]
    holders = {one.division.pk for one in found}
    places: dict[str, Division] = {}
    for office in offices:
        places |= {place.pk: place for place in asking.places_for(office) if place.parent_id in holders}
    return SplitForm(offices, {one.scheme: one.title for one in found}, places.values(), at, data)


@official_required(*ROLES)
@never_cache
@require_http_methods(GET_OR_POST)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; a checker of finance approves or refuses it."""
    at, user = timezone.now(), request.user
    found = asking.request_of(user, pk, at)
    refusing = "refuse" in request.POST
    refuse_form = RefuseForm(request.POST if refusing else None)
    approve_form = RefusableForm(None if refusing else request.POST or None)
    if refusing:
        outcome = tried(request, refuse_form, lambda given: deciding.refuse(user, pk, given["note"], at))
    else:
        outcome = tried(request, approve_form, lambda given: deciding.approve(user, pk, at))
    if outcome.done:
        approved = outcome.result.state == QuotaShare.State.APPROVED
        messages.success(request, _("已批准。") if approved else _("已不批准，理由会显示给提出的机关。"))
        return redirect("quotas:request", pk)
    quota = standing.quota_in(found.division, found.scheme_code, found.year, at)
    context = {
        "found": found,
        "title": titles().get(found.scheme_code, found.scheme_code),
        "quota": quota,
        "counties": shown.counties(quota) if quota else None,
        "form": refuse_form,
        "offered": reviewing.may_decide(user, found, at),
    }
    return render(request, "payouts/quotas/request.html", context, status=outcome.status)
