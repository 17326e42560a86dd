"""The last look before filing, filing itself, and the receipt."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import actions
from applications import answers as answers_of
from applications.explained import Explained, explained
from applications.forms.declarations import DeclarationsForm
from applications.journey import CHECK, PAPERS
from applications.next_steps import what_happens
from applications.own import Act
from applications.readback import QUIET_OF_ORGANISATIONS, Places, doubts_about, in_words, places_in
from applications.reuse.words import please_check
from applications.states import State
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from applications.views.files import file_rows
from applications.views.members import member_cards
from applications.whereabouts import holders_of, route_of, route_rows
from people.joining import labelled
from people.refusals import Conflict, Invalid
from schemes.definition import Page, PaperAsked, Question
from schemes.errors import FactsError


@applicant_page("GET", "POST")
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that was filled in, what it looks like, the declarations; sending the page files the case."""
    desk = open_desk(request.user, public_id)
    if request.method == "POST":
        return _file(request, desk)
    if desk.application.state == State.RETURNED:
        return redirect("applications:correct", public_id)
    if desk.application.state != State.DRAFT:
        return redirect("applications:detail", public_id)
    return _render(request, desk, DeclarationsForm(desk.application.definition))


@applicant_page("GET")
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """The number to note down, and what happens next."""
    desk = open_desk(request.user, public_id)
    application = desk.application
    if application.state == State.DRAFT:
        return redirect("applications:resume", public_id)
    holders = holders_of(application, [])
    context = {
        "application": application,
        "may": desk.may,
        "scheme": application.definition,
        "holders": holders,
        "stages": route_rows(route_of(application), holders),
        "what_happens": what_happens(application),
        "awaited": desk.awaited,
    }
    return applicant_render(request, "applications/receipt.html", context)


def _file(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = DeclarationsForm(desk.application.definition, request.POST)
    if desk.application.state != State.DRAFT:
        return _already(request, desk)
    gaps = gaps_of(desk)
    if not form.is_valid() or gaps:
        return _render(request, desk, form, 422, gaps)
    try:
        actions.submit(desk.user, desk.public_id, desk.now, version=token_of(request))
    except Invalid as invalid:
        return _render(request, desk, form, 422, refusal_rows(desk, invalid))
    except Conflict as conflict:
        desk = desk.reopened()
        if desk.application.state != State.DRAFT:
            return _already(request, desk)
        return _render(request, desk, form, 409, [{"message": str(conflict.message)}])
    return redirect("applications:receipt", desk.public_id)


def _already(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A second submission of the same form: nothing is filed twice."""
    return applicant_render(request, "applications/already.html", {"application": desk.application}, status=409)


def refusal_rows(desk: Desk, invalid: Invalid) -> list[dict[str, str]]:
    """The refusal, then what is wrong with each answer, leading to where it can be changed."""
    pages = {question.name: page for page in desk.asked.pages for question in desk.asked.questions_on(page)}
    labels: dict[str, Any] = {question.as_fact: question for question in desk.application.definition.questions()}
    labels |= {paper.code: paper for paper in desk.application.definition.papers_asked}
    told = [{"message": str(invalid.message)}]
    for name, message in invalid.errors.items():
        found = labels.get(name.partition("[")[0])
        told.append({"message": labelled(found.label if found else name, message), "target": _target(found, pages)})
    return told


def _target(found: Question | PaperAsked | None, pages: Mapping[str, Page]) -> str:
    """Where on the page it can be changed; "" where it is not on it."""
    if isinstance(found, PaperAsked):
        return f"paper-{found.code}"
    return f"page-{pages[found.name].code}" if found and found.name in pages else ""


def gaps_of(desk: Desk) -> list[dict[str, str]]:
    """What still has to be answered or uploaded, each leading to its place on this page."""
    gaps = [
        {"message": _("还没有填写：%(label)s") % {"label": step.title}, "target": f"page-{step.code}"}
        for step in desk.journey.steps
        if not step.done and step.code not in {PAPERS, CHECK}
    ]
    gaps += [
        {"message": _("还没有上传：%(label)s") % {"label": paper.label}, "target": f"paper-{paper.code}"}
        for paper in desk.lacking
    ]
    return gaps


def _render(
    request: HttpRequest, desk: Desk, form: DeclarationsForm, status: int = 200, errors: Any = ()
) -> HttpResponse:
    gaps = gaps_of(desk)
    before, edits = desk.journey.before(CHECK), desk.may.lets(Act.EDIT)
    context = {
        "application": desk.application,
        "may": desk.may,
        "scheme": desk.application.definition,
        "form": form,
        "errors": list(errors),
        "gaps": gaps,
        "progress": desk.journey.progress(CHECK),
        "back_url": before.url if before and edits else reverse("applications:list"),
        "told": told_in(desk, filed=not edits),
        "papers": paper_rows(desk),
        "papers_url": reverse("applications:papers", args=[desk.public_id]),
        "outlook": _outlook(desk),
    }
    return applicant_render(request, "applications/check.html", context, status=status)


def told_in(desk: Desk, *, filed: bool = False) -> dict[str, Any]:
    """The answers as rows, each leading to where it can be changed, and the households, member by member.

    Once filed, numbers are masked and nothing can be changed. The first row of a page carries the page's id.
    """
    asked = desk.asked_in_all
    pages = [(page, asked.questions_on(page)) for page in asked.pages]
    places = places_in((question for _page, questions in pages for question in questions), desk.answers)
    rows, households = [], []
    for page, questions in pages:
        url = reverse("applications:edit", args=[desk.public_id, page.code]) + "?back=check"
        found = [_row(desk, question, places, "" if filed else url) for question in questions if not question.columns]
        if found:
            found[0]["id"] = f"page-{page.code}"
        rows += found
        columned = [question for question in questions if question.columns]
        households += [_household(desk, page, one, "" if filed else url) for one in columned]
    return {"rows": rows, "households": households}


def _row(desk: Desk, question: Question, places: Places, url: str) -> dict[str, Any]:
    value = desk.answers.get(question.name)
    row = {"key": question.label, "value": in_words(question, value, places, masked=not url)}
    if not url:
        return row
    quiet = desk.application.by_organisation and question.kind in QUIET_OF_ORGANISATIONS
    note = "" if quiet else _notes(question, value)
    if question.name in desk.taken:
        note = f"{please_check(desk.taken[question.name].source)} {note}".strip()
    return row | {"note": note, "actions": [{"url": url, "text": _("更改")}]}


def _household(desk: Desk, page: Page, question: Question, url: str) -> dict[str, Any]:
    members = member_cards(desk, page, question, masked=not url)
    return {"code": page.code, "title": page.title, "members": members, "url": url}


def _notes(question: Question, value: Any) -> str:
    return " ".join(str(doubt.message) for doubt in doubts_about(question, value))


def paper_rows(desk: Desk) -> list[dict[str, Any]]:
    """The papers asked for, each with its files."""
    return [
        {
            "paper": paper,
            "files": file_rows(desk, [file for file in desk.files if file.paper == paper.code]),
            "later": paper.code in desk.following,
        }
        for paper in desk.asked_in_all.papers
    ]


def _outlook(desk: Desk) -> Explained | None:
    """What it looks like on what was told; None while the place or a usable answer is missing."""
    if desk.application.division_id is None:
        return None
    try:
        assessment = answers_of.assess_now(desk.application, desk.answers, desk.today)
    except FactsError:
        return None
    return explained(desk.application.definition, assessment.as_json())
