"""One's own cases: the list, and one case with everything there is to know about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from applications import messages, own, papers_shown
from applications.explained import amount_label
from applications.leave import Leave, leaves_of
from applications.models import Application
from applications.next_steps import next_step, what_happens
from applications.own import Act
from applications.states import State
from applications.timeline import events_of, timeline_of
from applications.views.check import paper_rows, told_in
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk
from applications.whereabouts import holders_of, route_of, route_rows
from papers import reading
from papers.models import Paper

PAGE_SIZE = 20
LONGEST_KEY = 18


@applicant_page("GET")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own cases, the latest first, a page at a time by keyset (`?before=` the last one seen)."""
    related = ("scheme_version", "subject", "organisation")
    rows = own.cases_of(request.user).select_related(*related).order_by("-pk")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= LONGEST_KEY:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE
    unread = messages.unread([application.pk for application in found], from_official=True)
    may = leaves_of(request.user, found, timezone.now())
    context = {
        "cases": [_card(one, unread.get(one.pk, 0), may[one.pk]) for one in found[:PAGE_SIZE]],
        "next_url": f"?before={found[PAGE_SIZE - 1].pk}" if more else "",
        "first_url": request.path if before else "",
    }
    return applicant_render(request, "applications/list.html", context)


@applicant_page("GET")
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to where the form of a draft or a correction goes on."""
    desk = open_desk(request.user, public_id)
    if not (desk.is_editable and desk.may.lets(Act.EDIT)):
        return redirect("applications:detail", public_id)
    return redirect(desk.journey.first_open.url)


@applicant_page("GET")
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One case: its state in plain words, who has it, the route, papers, story and answers."""
    desk = open_desk(request.user, public_id)
    if desk.application.state == State.DRAFT:
        return applicant_render(request, "applications/draft.html", draft_context(desk))
    return applicant_render(request, "applications/detail.html", detail_context(desk))


def draft_context(desk: Desk) -> dict[str, Any]:
    """What the page of a draft shows: the steps and how far each is."""
    journey = desk.journey
    shown = {"steps": journey.steps, "next": journey.first_open}
    return {"application": desk.application, "scheme": desk.application.definition, "may": desk.may, **shown}


def detail_context(desk: Desk) -> dict[str, Any]:
    """What the page of a filed case shows. Rooms above that know more of it add to this."""
    application = desk.application
    events = events_of(application)
    holders = holders_of(application, events)
    issued = list(reading.papers_for_applicant(application.public_id))
    return {
        "application": application,
        "may": desk.may,
        "scheme": application.definition,
        "what_happens": what_happens(application),
        "next_step": next_step(application, desk.may),
        "holders": holders,
        "stages": route_rows(route_of(application), holders),
        "issued": [_issued(desk, paper) for paper in reversed(issued)],
        "story": timeline_of(application, events, issued),
        "told": told_in(desk, filed=True),
        "papers": paper_rows(desk),
        "awaited": desk.awaited,
        "amount_label": amount_label(application.definition),
        "unread": messages.unread([application.pk], from_official=True).get(application.pk, 0),
        "may_withdraw": application.is_open and not application.is_ex_officio,
    }


def _card(application: Application, unread: int, may: Leave) -> dict[str, Any]:
    return {
        "application": application,
        "may": may,
        "title": application.definition.title,
        "url": reverse("applications:detail", args=[application.public_id]),
        "next_step": next_step(application, may),
        "unread": unread,
        "person": application.applicant_name if application.for_other and not application.by_organisation else "",
    }


def _issued(desk: Desk, paper: Paper) -> dict[str, Any]:
    arguments = [desk.public_id, paper.pk]
    return {
        "standing": papers_shown.standing_of(paper, desk.today),
        "paper": paper,
        "title": paper.label,
        "url": reverse("applications:paper", args=arguments),
        "pdf_url": reverse("applications:paper_pdf", args=arguments),
    }
