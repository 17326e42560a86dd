"""Showing numbers in clear: once, for a reason that goes on record first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from applications import answers as answers_of
from applications.models import Application
from applications.readback import MASKS
from approvals import review
from approvals.forms.filters import query_of, read_filters
from approvals.forms.others import UnmaskForm
from audit import chain
from people import vault
from people.access import official_required
from people.forms import group_in_fours
from people.refusals import Conflict
from people.roles import CASE_ROLES
from schemes.definition import Question


@dataclass(frozen=True)
class Clear:
    """One number in clear, with what it is and the field it came from."""

    field: str
    label: str
    number: str


@official_required(*CASE_ROLES)
@never_cache
@require_POST
def unmask(request: HttpRequest, public_id: str) -> HttpResponse:
    """The numbers of a case in clear. Which fields, and why, is in the case's stream before the page is sent."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    form = UnmaskForm(request.POST)
    context = {
        "application": application,
        "unmask_form": form,
        "form": form,
        "back_url": reverse("approvals:review", args=[public_id]) + query_of(read_filters(request.GET)),
        "query": query_of(read_filters(request.GET)),
        "numbers": [],
    }
    if not form.is_valid():
        return render(request, "approvals/unmask.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context["numbers"] = _numbers(application)
    chain.append(
        application.stream,
        "case.unmasked",
        actor=request.user.username,
        at=at,
        subject=public_id,
        data={
            "fields": [clear.field for clear in context["numbers"]],
            "reason": form.cleaned_data["reason"],
            "note": form.cleaned_data["note"],
        },
    )
    return render(request, "approvals/unmask.html", context)


def _numbers(application: Application) -> list[Clear]:
    try:
        answers = answers_of.read(application)
    except vault.VaultError as error:
        raise Conflict(_("这份申请的内容无法解密，请联系管理员。"), code="unreadable") from error
    return [clear for question in application.definition.questions() for clear in _clear(question, answers)]


def _clear(question: Question, answers: Mapping[str, Any], path: str = "", whose: str = "") -> Iterator[Clear]:
    """The numbers a question asks for; of a household those of every member, with the member's name."""
    value = answers.get(question.name)
    if question.kind == "household" and isinstance(value, list):
        for place, member in enumerate(value):
            for column in question.columns:
                yield from _clear(column, member, f"{question.name}[{place}].", str(member.get("name", "")))
    elif question.kind in MASKS and value:
        label = f"{whose} {question.label}".strip()
        yield Clear(path + question.name, label, group_in_fours(str(value)))
