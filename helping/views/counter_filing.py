"""Reading back what was filled in at the counter, filing it, and what the applicant takes home."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.next_steps import what_happens
from applications.states import State
from applications.views.check import gaps_of, paper_rows, refusal_rows, told_in
from applications.views.desk import Desk, open_desk, token_of
from applications.whereabouts import holders_of, route_of, route_rows
from audit import chain
from helping.counter import filing, visiting
from helping.forms.counter import ReadBackForm
from helping.models import CounterVisit
from helping.views.counter import own_visit
from helping.views.listing import FORM
from papers import reading
from people.access import official_required
from people.refusals import Conflict, Invalid


@official_required(visiting.ROLE)
@never_cache
@require_http_methods(FORM)
def read_back(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """Everything that was filled in, to be read aloud; sending the page files the case."""
    visit = own_visit(request.user, counter_visit)
    if visit.application.state != State.DRAFT:
        return redirect("helping:counter_done", counter_visit)
    desk = open_desk(request.user, visit.application.public_id)
    if request.method == "POST":
        return _file(request, visit, desk)
    return _render(request, visit, desk, ReadBackForm(desk.application.definition))


def _file(request: HttpRequest, visit: CounterVisit, desk: Desk) -> HttpResponse:
    form, gaps = ReadBackForm(desk.application.definition, request.POST), gaps_of(desk)
    if not form.is_valid() or gaps:
        return _render(request, visit, desk, form, 422, gaps)
    try:
        filing.file(request.user, visit.public_id, token_of(request), desk.now)
    except Invalid as invalid:
        return _render(request, visit, desk, form, 422, refusal_rows(desk, invalid))
    except Conflict as conflict:
        return _render(request, visit, desk.reopened(), form, 409, [{"message": str(conflict.message)}])
    return redirect("helping:counter_done", visit.public_id)


def _render(
    request: HttpRequest, visit: CounterVisit, desk: Desk, form: ReadBackForm, status: int = 200, errors: Any = ()
) -> HttpResponse:
    chain.record_read(request.user.username, "counter.read", subject=visit.public_id)
    context = {
        "visit": visit,
        "application": desk.application,
        "scheme": desk.application.definition,
        "form": form,
        "errors": list(errors),
        "gaps": gaps_of(desk),
        "told": told_in(desk),
        "papers": paper_rows(desk),
    }
    return render(request, "helping/counter/read_back.html", context, status=status)


@official_required(visiting.ROLE)
@never_cache
@require_safe
def done(request: HttpRequest, counter_visit: str) -> HttpResponse:
    """The number, what happens next, the receipt to print, and the way to a PIN."""
    visit = own_visit(request.user, counter_visit)
    application = visit.application
    if application.state == State.DRAFT:
        return redirect("helping:counter_read", counter_visit)
    holders = holders_of(application, [])
    chain.record_read(request.user.username, "counter.read", subject=visit.public_id)
    context = {
        "visit": visit,
        "application": application,
        "scheme": application.definition,
        "holders": holders,
        "stages": route_rows(route_of(application), holders),
        "what_happens": what_happens(application),
        "receipts": list(reading.papers_for_applicant(application.public_id)),
    }
    return render(request, "helping/counter/done.html", context)
