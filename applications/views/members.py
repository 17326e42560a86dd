"""Members of a household: one page each, added and removed with plain buttons."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import actions
from applications.asking import BEGUN
from applications.forms import QuestionsForm
from applications.own import Act
from applications.readback import Places, in_words
from applications.states import State
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people.refusals import Conflict, NotFound
from schemes.definition import Page, Question

MOST_MEMBERS = 30
LEAVE, AUTOSAVE = "later", "autosave"
NO_PLACES = Places({}, {})


def member_cards(desk: Desk, page: Page, household: Question, *, masked: bool = False) -> list[dict[str, Any]]:
    """The members entered so far, as the household page and the check page show them."""
    cards = []
    for place, member in enumerate(desk.answers.get(household.name) or []):
        rows = [
            {"key": column.label, "value": in_words(column, member.get(column.name), NO_PLACES, masked=masked)}
            for column in household.columns
        ]
        arguments = [desk.public_id, page.code, place]
        cards.append(
            {
                "name": member.get("name") or _("第%(number)s位成员") % {"number": place + 1},
                "rows": rows,
                "edit_url": reverse("applications:member", args=arguments),
                "remove_url": reverse("applications:member_remove", args=arguments),
            }
        )
    return cards


@applicant_page("GET", "POST")
def member(request: HttpRequest, public_id: str, page: str, place: int) -> HttpResponse:
    """One member's questions; the place after the last one adds a member."""
    desk = open_desk(request.user, public_id)
    household = _household_of(desk, page)
    members = desk.answers.get(household.name) or []
    if not desk.is_editable:
        return redirect("applications:detail", public_id)
    desk.require(Act.EDIT)
    if place > min(len(members), MOST_MEMBERS - 1):
        raise NotFound()
    if request.method == "POST":
        return _save(request, desk, page, household, place)
    begun = desk.answers.get(household.name + BEGUN) or _head_of(desk, household, members)
    stored = members[place] if place < len(members) else begun
    form = QuestionsForm(household.columns, desk.field_context(), stored)
    return _render(request, desk, page, household, place, form)


@applicant_page("POST")
def remove(request: HttpRequest, public_id: str, page: str, place: int) -> HttpResponse:
    """Take a member off the list, or (the place after the last one) forget who was half filled in."""
    desk = open_desk(request.user, public_id)
    household = _household_of(desk, page)
    desk.require_editable()
    members, begun = list(desk.answers.get(household.name) or []), household.name + BEGUN
    if place == len(members) and desk.answers.get(begun):
        actions.save_answers(desk.user, public_id, {begun: None}, desk.now, version=token_of(request))
        messages.success(request, _("已去掉没有填完的一位。"))
        return redirect("applications:edit", public_id, page)
    if place >= len(members):
        raise NotFound()
    gone = members.pop(place)
    actions.save_answers(desk.user, public_id, {household.name: members}, desk.now, version=token_of(request))
    messages.success(request, _("已移除%(name)s。如果移错了，请重新添加。") % {"name": gone.get("name", "")})
    return redirect("applications:edit", public_id, page)


def _household_of(desk: Desk, page: str) -> Question:
    step = next((one for one in desk.asked.pages if one.code == page), None)
    questions = desk.asked.questions_on(step) if step else ()
    found = next((question for question in questions if question.kind == "household"), None)
    if found is None:
        raise NotFound()
    return found


def _head_of(desk: Desk, household: Question, members: list[dict[str, Any]]) -> dict[str, Any]:
    """The first member is offered with what the applicant already said about the head."""
    if members:
        return {}
    known = {column.name for column in household.columns}
    head = {name: value for name, value in desk.answers.items() if name in known}
    relation = next((column for column in household.columns if column.name == "relation"), None)
    if relation is not None:
        head["relation"] = relation.choices[0].value
    return head


def _save(request: HttpRequest, desk: Desk, page: str, household: Question, place: int) -> HttpResponse:
    form = QuestionsForm(household.columns, desk.field_context(), {}, request.POST)
    quiet = AUTOSAVE in request.POST or (LEAVE in request.POST and _may_be_half(desk, household, place))
    if not form.is_valid() and not quiet:
        return _render(request, desk, page, household, place, form, 422)
    changes = (_as_far_as_right if quiet else _whole)(desk, household, place, form)
    try:
        if any(desk.answers.get(name) != value for name, value in changes.items()) or not quiet:
            actions.save_answers(desk.user, desk.public_id, changes, desk.now, version=token_of(request))
    except Conflict as conflict:
        if (desk.answers.get(household.name) or []) == changes.get(household.name):
            return redirect("applications:edit", desk.public_id, page)
        form.add_error(None, str(conflict.message))
        return _render(request, desk.reopened(), page, household, place, form, 409)
    return _went_on(request, desk, page, whole=bool(changes) and not form.errors)


def _went_on(request: HttpRequest, desk: Desk, page: str, *, whole: bool) -> HttpResponse:
    if AUTOSAVE in request.POST:
        version = str(desk.reopened().application.version)
        told = {"X-Version": version, "X-Saved": "all" if whole else "part"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=told)
    if LEAVE in request.POST:
        messages.success(request, _("已经保存。您可以随时回来接着填。"))
        return redirect("applications:list")
    return redirect("applications:edit", desk.public_id, page)


def _may_be_half(desk: Desk, household: Question, place: int) -> bool:
    """Whether what is right of a member can be kept before all of it is; of somebody new in a draft only."""
    return place < len(desk.answers.get(household.name) or []) or desk.application.state == State.DRAFT


def _whole(desk: Desk, household: Question, place: int, form: QuestionsForm) -> dict[str, Any]:
    """The list with this member in its place; nobody is half filled in any more."""
    members = list(desk.answers.get(household.name) or [])
    is_new, begun = place >= len(members), household.name + BEGUN
    members[place : place + 1] = [form.answers()]
    return {household.name: members} | ({begun: None} if is_new and desk.answers.get(begun) else {})


def _as_far_as_right(desk: Desk, household: Question, place: int, form: QuestionsForm) -> dict[str, Any]:
    """What is right of a member: on the list in their place, somebody new beside it until the button adds them.

    A correction may change what it names alone: somebody new is kept there once they are whole.
    """
    members = list(desk.answers.get(household.name) or [])
    if place < len(members):
        members[place] = members[place] | form.answers()
        return {household.name: members}
    if not _may_be_half(desk, household, place):
        return {}
    begun = household.name + BEGUN
    return {begun: (desk.answers.get(begun) or {}) | form.answers()}


def _render(
    request: HttpRequest, desk: Desk, page: str, household: Question, place: int, form: QuestionsForm, status: int = 200
) -> HttpResponse:
    members = desk.answers.get(household.name) or []
    context = {
        "application": desk.application,
        "form": form,
        "errors": [],
        "number": place + 1,
        "is_new": place >= len(members),
        "back_url": reverse("applications:edit", args=[desk.public_id, page]),
        "leave": LEAVE,
    }
    return applicant_render(request, "applications/member.html", context, status=status)
