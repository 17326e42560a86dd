"""Answering a correction request, and withdrawing a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications import answers as answers_of
from applications.forms.declarations import LeftAsItIsForm
from applications.models import CorrectionPoint
from applications.own import Act
from applications.states import State
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people import vault
from people.refusals import Conflict, Invalid

POINT_CONTEXT = "correction"


@applicant_page("GET", "POST")
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that was asked for, each point with its message; sending the page files the corrected case."""
    desk = open_desk(request.user, public_id)
    if desk.application.state != State.RETURNED:
        if request.method == "POST":
            raise Conflict(_("这份申请现在不需要补正。"), code="not_returned")
        return redirect("applications:detail", public_id)
    return _resubmit(request, desk) if request.method == "POST" else _render(request, desk, LeftAsItIsForm())


@applicant_page("GET", "POST")
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once more, then take the case back."""
    desk = open_desk(request.user, public_id)
    if request.method == "POST":
        actions.withdraw(desk.user, public_id, desk.now, version=token_of(request))
        messages.success(request, _("申请已经撤回。"))
        return redirect("applications:detail", public_id)
    if not desk.application.is_open:
        return redirect("applications:detail", public_id)
    desk.require(Act.WITHDRAW)
    context = {"application": desk.application, "scheme": desk.application.definition}
    return applicant_render(request, "applications/withdraw.html", context)


def _resubmit(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = LeftAsItIsForm(request.POST)
    points = _points(desk)
    if any(not point["changed"] for point in points) and not form.is_valid():
        return _render(request, desk, form, 422)
    try:
        actions.resubmit(desk.user, desk.public_id, desk.now, version=token_of(request))
    except Invalid as invalid:
        return _render(request, desk, form, 422, _told(invalid))
    except Conflict as conflict:
        if desk.reopened().application.state != State.RETURNED:
            raise
        return _render(request, desk.reopened(), form, 409, [{"message": str(conflict.message)}])
    messages.success(request, _("已经重新提交，办理继续。"))
    return redirect("applications:detail", desk.public_id)


def _told(invalid: Invalid) -> list[dict[str, str]]:
    return [{"message": str(invalid.message)}, *({"message": str(text)} for text in invalid.errors.values() if text)]


def _render(
    request: HttpRequest, desk: Desk, form: LeftAsItIsForm, status: int = 200, errors: Any = ()
) -> HttpResponse:
    points = _points(desk)
    context = {
        "application": desk.application,
        "may": desk.may,
        "scheme": desk.application.definition,
        "due": timezone.localtime(desk.application.correction_due),
        "points": points,
        "unchanged": [point for point in points if not point["changed"]],
        "further": _further(desk, points),
        "papers_url": reverse("applications:papers", args=[desk.public_id]),
        "form": form,
        "errors": list(errors),
    }
    return applicant_render(request, "applications/correct.html", context, status=status)


def _further(desk: Desk, points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Papers that the new answers call for, beside what the correction names: each with whether it is there."""
    named = {point["paper"] for point in points}
    asked = (paper for paper in desk.asked.papers if paper.code not in named)
    return [{"paper": paper, "there": paper.code in desk.papers_there} for paper in asked]


def _points(desk: Desk) -> list[dict[str, Any]]:
    """The points of the open request: what, why, where to change it, and whether it was changed."""
    application = desk.application
    correction = application.corrections.prefetch_related("points").get(round=application.round)
    filed = application.rounds.get(number=application.round)
    before = vault.decrypt_json(application.data_key, bytes(filed.answers), answers_of.ANSWERS)
    fresh = {file.paper for file in desk.files if file.round > application.round}
    return [_point(desk, point, before, fresh) for point in correction.points.all()]


def _point(desk: Desk, point: CorrectionPoint, before: dict[str, Any], fresh: set[str]) -> dict[str, Any]:
    definition = desk.application.definition
    message = vault.decrypt(desk.application.data_key, bytes(point.message), POINT_CONTEXT)
    if point.target == CorrectionPoint.Target.PAPER:
        label = next((str(paper.label) for paper in definition.papers_asked if paper.code == point.name), point.name)
        url = reverse("applications:papers", args=[desk.public_id]) + f"#paper-{point.name}"
        return {"label": label, "message": message, "url": url, "changed": point.name in fresh, "paper": point.name}
    page = next(page for page in definition.pages if point.name in {question.name for question in page.questions})
    changed = before.get(point.name) != desk.answers.get(point.name)
    url = reverse("applications:edit", args=[desk.public_id, page.code])
    label = str(definition.question(point.name).label)
    return {"label": label, "message": message, "url": url, "changed": changed, "paper": ""}
