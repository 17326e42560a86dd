"""入户核查: planning by area, and the route sheet of a day."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.visits import DayForm, PlanForm
from approvals.labels import labels_of
from approvals.models import Visit
from approvals.visits import access, planning, shown
from audit import chain
from people.access import official_required
from people.models import User
from people.refusals import Invalid
from people.roles import CASE_ROLES

LISTED = 50


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Areas with what waits there; of a chosen area the cases, to be planned (POST) for a day and a companion."""
    at = timezone.now()
    found = planning.areas(request.user, at)
    chosen = next((area for area in found if area.division.pk == request.GET.get("area")), None)
    form = _form(request, chosen.division.pk) if chosen else None
    if request.method != "POST" or form is None:
        return _page(request, found, chosen, form)
    if not form.is_valid():
        return _page(request, found, chosen, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _plan(request, found, chosen, form)


def _form(request: HttpRequest, area: str) -> PlanForm:
    at = timezone.now()
    items = planning.candidates(request.user, area, at)
    labels = labels_of((), {item.application.scheme_code for item in items})
    posts = planning.companions(request.user, area, at)
    initial = {"on": timezone.localdate(at)}
    return PlanForm(items, posts, labels, request.POST if request.method == "POST" else None, initial=initial)


def _plan(request: HttpRequest, found: list[planning.Area], chosen: planning.Area, form: PlanForm) -> HttpResponse:
    given = form.cleaned_data
    companion = User.objects.get(pk=given["companion"])
    items = [int(item) for item in given["items"]]
    try:
        results = planning.plan(request.user, items, companion, given["on"], timezone.now())
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, found, chosen, form, refused.status)
    made = [result for result in results if result.visit]
    for result in results:
        if result.visit is None:
            messages.warning(request, _("%(number)s 没有安排：%(why)s") % vars_of(result))
    if not made:
        return redirect(request.get_full_path())
    messages.success(request, _("已安排 %(count)s 件入户核查。") % {"count": len(made)})
    return redirect(f"{reverse('approvals:visit_sheet')}?on={given['on'].isoformat()}")


def vars_of(result: planning.Planned) -> dict[str, str]:
    """What a refused line of a plan says."""
    return {"number": result.number, "why": result.why_not}


def _page(
    request: HttpRequest,
    found: list[planning.Area],
    chosen: planning.Area | None,
    form: PlanForm | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at = timezone.now()
    upcoming = access.own_visits(request.user, at).filter(state=Visit.State.PLANNED)[:LISTED]
    shown_here = len(form.fields["items"].choices) if form else 0
    chain.record_read(request.user.username, "visits.planned", data={"count": shown_here})
    context = {
        "areas": found,
        "chosen": chosen,
        "form": form,
        "upcoming": [(visit, shown.stop_of(visit).name) for visit in upcoming],
        "most": planning.MOST_AT_ONCE,
    }
    return render(request, "approvals/visits/plan.html", context, status=status)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The route sheet of a day, to print: whom to see, where, in which order; numbers masked."""
    at = timezone.now()
    form = DayForm(request.GET)
    on = form.chosen(timezone.localdate(at))
    stops = [shown.stop_of(visit) for visit in access.route_of(request.user, on, at)]
    labels = labels_of((), {stop.visit.application.scheme_code for stop in stops})
    chain.record_read(request.user.username, "visits.sheet", data={"count": len(stops), "on": on.isoformat()})
    context = {
        "form": DayForm(initial={"on": on}),
        "on": on,
        "stops": [(stop, labels.title(stop.visit.application.scheme_code)) for stop in stops],
    }
    return render(request, "approvals/visits/sheet.html", context)
