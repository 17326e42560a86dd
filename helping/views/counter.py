"""The counter: who is there, their leave, the draft, reading it back, and what they take home."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from helping.counter import filing, visiting
from helping.forms.consent import PresentConsentForm
from helping.forms.counter import ApplicantForm, SchemeForm
from helping.invites import access
from helping.models import CounterVisit, Mandate
from helping.schools import bringing
from helping.standing import APPLY, Terms, may_help
from helping.standing.texts import current as consent_text
from people.access import official_required
from people.forms import tried
from people.masking import masked_id
from people.models import User
from people.refusals import Conflict, NotFound

FORM = ["GET", "HEAD", "POST"]
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

    came = tried(request, form, begin)
    if came.done:
        return redirect("helping:counter_visit", came.result.public_id)
    context = {
        "form": form,
        "visits": [_row(visit) for visit in visiting.visits_of(user, at)[:VISITS_SHOWN]],
        "schools": bringing.schools_of(user, at),
        "invites": access.offices_of(user, at),
    }
    return render(request, "helping/counter/index.html", context, status=came.status)


def _row(visit: CounterVisit) -> dict[str, Any]:
    """One visit as listed: whom it is about by initials of the record only once there is a draft."""
    application = visit.application
    return {
        "visit": visit,
        "title": application.definition.title if application else "",
        "number": (application.number or "") if application else "",
        "open": visit.closed_at is None,
    }


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


def _page(
    request: HttpRequest, visit: CounterVisit, form: PresentConsentForm, schemes: SchemeForm, status: int = 200
) -> HttpResponse:
    said, person = visiting.said_at(visit), visit.mandate.person if visit.mandate else None
    agreed = person is not None and may_help(request.user, person, timezone.now(), APPLY)
    chain.record_read(request.user.username, "counter.read", subject=visit.public_id)
    context = {
        "visit": visit,
        "name": said.get("name") or (person.name if person else ""),
        "id_number": masked_id(said["id_number"]) if said else "",
        "known": visiting.person_with(visit.id_index) is not None,
        "agreed": agreed,
        "cases": visiting.live_cases(person) if agreed else (),
        "text": consent_text(),
        "form": form,
        "schemes": schemes,
        "shown_form": schemes if agreed else form,
    }
    return render(request, "helping/counter/visit.html", context, status=status)


def own_visit(user: User, public_id: str) -> CounterVisit:
    """A visit with a draft, open or filed. Raises NotFound, Conflict while there is no draft."""
    visit = visiting.visit_of(user, public_id, timezone.now())
    if visit.application is None:
        raise Conflict(_("还没有开始填写。"), code="no_draft")
    return visit
