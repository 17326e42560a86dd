"""The counter: who is there, their leave, the draft, reading it back, and what they take home."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application
from audit import chain
from helping.counter import filing, visiting
from helping.forms.consent import PresentConsentForm
from helping.forms.counter import ApplicantForm, SchemeForm
from helping.invites import access
from helping.models import CounterVisit, Mandate
from helping.schools import bringing
from helping.standing import APPLY, FOLLOW, Terms, may_help
from helping.standing.texts import current as consent_text
from helping.views import listing
from helping.views.listing import FORM
from people.access import official_required
from people.forms import tried
from people.masking import masked_id
from people.models import User
from people.refusals import Conflict, NotFound

VISITS_SHOWN = 30


@official_required(visiting.ROLE)
@never_cache
@require_http_methods(FORM)
def index(request: HttpRequest) -> HttpResponse:
    """One's visits; a POST begins with the person who is at the counter."""
    at, user = timezone.now(), request.user
    offices = visiting.offices_of(user, at)
    if not offices:
        raise NotFound()
    form = ApplicantForm(offices, request.POST if request.method == "POST" else None)

    def begin(given: dict[str, Any]) -> CounterVisit:
        office = visiting.office_of(user, given["office"], at)
        visiting.seek(user, office, given["id_number"])
        visit, _new = visiting.start(user, office, given["name"], given["id_number"], at)
        visiting.take_up(user, visit.public_id, at)
        return visit

    def rows() -> dict[str, Any]:
        return {
            "heading": _("窗口代办"),
            "tables": [_visits(user, at)],
            "schools": bringing.schools_of(user, at),
            "invites": access.offices_of(user, at),
        }

    return listing.list_page(
        request,
        "helping/counter/index.html",
        form,
        begin,
        lambda visit: redirect("helping:counter_visit", visit.public_id),
        rows,
    )


def _visits(user: User, at: datetime) -> dict[str, Any]:
    visits = list(visiting.visits_of(user, at)[:VISITS_SHOWN])
    mine = visiting.still_served(user, visits, at)
    return listing.table(
        _("我办理的"),
        (_("来的时间"), _("事项"), _("申请编号"), _("状态")),
        [_row(visit, visit.application if visit.pk in mine else None) for visit in visits],
        empty=_("您还没有在窗口办理过。"),
    )


def _row(visit: CounterVisit, application: Application | None) -> list[Any]:
    """One visit as listed; of a case that is not the clerk's (any more), only that there was a visit."""
    title = str(application.definition.title) if application else "–" if visit.application_id else _("还没有选择")
    address = reverse("helping:counter_visit", args=[visit.public_id])
    began = {"text": listing.moment(visit.started_at), "url": address}
    return [began, title, (application and application.number) or "", _standing(visit, application)]


def _standing(visit: CounterVisit, application: Application | None) -> dict[str, str]:
    if visit.closed_at is None:
        return {"text": _("正在办理"), "state": "current"}
    if application is not None and application.number:
        return {"text": _("已提交"), "state": "done"}
    return {"text": _("不再由您办理") if visit.read_back_at else _("没有提交"), "state": "closed"}


@official_required(visiting.ROLE)
@never_cache
@require_safe
def show(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """One visit: the step it stands at."""
    at = timezone.now()
    visit = visiting.visit_of(request.user, counter_visit, at)
    return _page(request, visit, PresentConsentForm(), _scheme_form(visit))


@official_required(visiting.ROLE)
@never_cache
@require_POST
def consent(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """Record by whose leave the clerk writes."""
    at, user = timezone.now(), request.user
    visit = visiting.visit_of(user, counter_visit, at)
    form = PresentConsentForm(request.POST, request.FILES)

    def keep(_given: dict[str, Any]) -> Mandate:
        terms = Terms(kind=Mandate.Kind.COUNTER, helper=user, office=visit.office, **form.said())
        return visiting.consent(user, counter_visit, terms, at)

    came = tried(request, form, keep)
    if came.done:
        messages.success(request, _("本人的同意已经登记。"))
        return redirect("helping:counter_visit", counter_visit)
    if _agreed(visit, user, at):
        # The page shows this form no more: what is wrong with it could not be read there.
        raise Conflict(_("本人的同意已经登记。"), code="agreed")
    return _page(request, visit, form, _scheme_form(visit), came.status)


@official_required(visiting.ROLE)
@never_cache
@require_POST
def begin(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """Begin the draft and go on to its form."""
    at = timezone.now()
    visit = visiting.visit_of(request.user, counter_visit, at)
    form = _scheme_form(visit, request.POST)
    came = tried(request, form, lambda given: filing.begin(request.user, counter_visit, given["scheme"], at))
    if came.done:
        return redirect("applications:resume", came.result.public_id)
    return _page(request, visit, PresentConsentForm(), form, came.status)


@official_required(visiting.ROLE)
@never_cache
@require_POST
def close(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """The applicant left without filing."""
    visiting.close(request.user, counter_visit, timezone.now())
    messages.success(request, _("这次窗口办理已经结束。"))
    return redirect("helping:counter")


def _scheme_form(visit: CounterVisit, data: Any = None) -> SchemeForm:
    return SchemeForm(filing.offered(visit, timezone.now()), data)


def _agreed(visit: CounterVisit, user: User, at: datetime) -> bool:
    """Whether there is leave to apply: a form sent again finds it there already."""
    return visit.mandate is not None and may_help(user, visit.mandate.person, at, APPLY)


def _page(
    request: HttpRequest, visit: CounterVisit, form: PresentConsentForm, schemes: SchemeForm, status: int = 200
) -> HttpResponse:
    at, user = timezone.now(), request.user
    said, person = visiting.said_at(visit), visit.mandate.person if visit.mandate else None
    agreed = _agreed(visit, user, at)
    told = person is not None and may_help(user, person, at, FOLLOW)
    chain.record_read(user.username, "counter.read", subject=visit.public_id)
    context = {
        "visit": visit,
        "gone": visit.application_id is not None and not visiting.still_served(user, [visit], at),
        "name": said.get("name") or (person.name if agreed or told else ""),
        "id_number": masked_id(said["id_number"]) if said else "",
        "known": visiting.person_with(visit.id_index) is not None,
        "agreed": agreed,
        "cases": visiting.live_cases(person) if told else (),
        "text": consent_text(),
        "form": form,
        "schemes": schemes,
        "shown_form": schemes if agreed else form,
    }
    return render(request, "helping/counter/visit.html", context, status=status)


def own_visit(user: User, public_id: str) -> CounterVisit:
    """A visit with a case that is still the clerk's. Raises NotFound, Conflict while there is no draft."""
    at = timezone.now()
    visit = visiting.visit_of(user, public_id, at)
    if visit.application is None:
        raise Conflict(_("还没有开始填写。"), code="no_draft")
    if not visiting.still_served(user, [visit], at):
        raise NotFound()
    return visit
