"""What officials keep beside a case: notes, labels, and the fields of their office."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applications.models import Application
from approvals import review, together
from approvals.forms.notes import NoteForm, ValuesForm
from approvals.notes import fields, labels, notes
from approvals.notes.beside import check_not_recused, desk_offices
from approvals.views.told import take_errors
from audit import chain
from people.access import official_required
from people.refusals import Invalid, NotFound
from people.roles import DESK_ROLES


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_notes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every note of a case, and adding one."""
    application = _case(request, public_id)
    form = NoteForm(request.POST if request.method == "POST" else None)

    def add() -> str:
        notes.add(request.user, public_id, form.cleaned_data["text"], timezone.now())
        return _("备注已经保存。")

    if request.method == "POST" and _done(request, form, add):
        return redirect("approvals:review", public_id)
    _record(request, application, "notes.read")
    context = {"notes": together.notes_of(application)[::-1]}
    return _page(request, "approvals/notes/notes.html", application, form, context)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the fields of one's office hold in a case, with what they held before; writing what changed."""
    at = timezone.now()
    application = _case(request, public_id)
    found = fields.filled(application, desk_offices(request.user, at))
    form = ValuesForm(found, fields.seen(application), request.POST if request.method == "POST" else None)

    def write() -> str:
        given = form.cleaned_data
        fields.write(request.user, public_id, form.values(), given["seen"], at)
        return _("内部字段已经保存。")

    if request.method == "POST" and _done(request, form, write):
        return redirect("approvals:review", public_id)
    _record(request, application, "fields.read")
    before = [(one.field, [(row, fields.opened(application, row)) for row in one.written]) for one in found]
    context = {"before": [one for one in before if one[1]], "none": not found}
    return _page(request, "approvals/notes/values.html", application, form, context)


@official_required(*DESK_ROLES)
@require_POST
def put_label(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a label on the case."""
    chosen = request.POST.get("label", "")
    if not (chosen.isdecimal() and len(chosen) < 19):
        raise NotFound()
    labels.put_on(request.user, public_id, int(chosen), timezone.now())
    return _back(public_id)


@official_required(*DESK_ROLES)
@require_POST
def take_label(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a label off the case."""
    labels.take_off(request.user, public_id, pk, timezone.now())
    return _back(public_id)


def _case(request: HttpRequest, public_id: str) -> Application:
    application = review.case_for(request.user, public_id, timezone.now())
    check_not_recused(application, request.user)
    return application


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> bool:
    """Act on a valid form and say so; False where something has to be put right."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, act())
    except Invalid as invalid:
        take_errors(form, invalid)
        return False
    return True


def _page(
    request: HttpRequest, template: str, application: Application, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context |= {
        "form": form,
        "application": application,
        "scheme_title": str(application.definition.title),
        "back_url": _address(application.public_id),
    }
    return render(request, template, context, status=status)


def _record(request: HttpRequest, application: Application, action: str) -> None:
    chain.record_read(request.user.username, action, subject=application.public_id)


def _address(public_id: str) -> str:
    return reverse("approvals:review", args=[public_id]) + "#together"


def _back(public_id: str) -> HttpResponse:
    return redirect(_address(public_id))
