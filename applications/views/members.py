"""Members of a household: one page each, added and removed with plain buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import actions
from applications.forms import QuestionsForm
from applications.readback import Places, in_words
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people.refusals import Conflict, NotFound
from schemes.definition import Page, Question

MOST_MEMBERS = 30
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
    if place > min(len(members), MOST_MEMBERS - 1):
        raise NotFound()
    if request.method == "POST":
        return _save(request, desk, page, household, place)
    stored = members[place] if place < len(members) else _head_of(desk, household, members)
    form = QuestionsForm(household.columns, desk.field_context(), stored)
    return _render(request, desk, page, household, place, form)


@applicant_page("POST")
def remove(request: HttpRequest, public_id: str, page: str, place: int) -> HttpResponse:
    """Take a member off the list."""
    desk = open_desk(request.user, public_id)
    household = _household_of(desk, page)
    desk.require_editable()
    members = list(desk.answers.get(household.name) or [])
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
    if not form.is_valid():
        return _render(request, desk, page, household, place, form, 422)
    members = list(desk.answers.get(household.name) or [])
    members[place : place + 1] = [form.answers()]
    try:
        actions.save_answers(desk.user, desk.public_id, {household.name: members}, desk.now, version=token_of(request))
    except Conflict as conflict:
        if (desk.answers.get(household.name) or []) == members:
            return redirect("applications:edit", desk.public_id, page)
        form.add_error(None, str(conflict.message))
        return _render(request, desk.reopened(), page, household, place, form, 409)
    return redirect("applications:edit", desk.public_id, page)


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
    }
    return applicant_render(request, "applications/member.html", context, status=status)
