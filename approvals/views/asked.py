"""征求意见, for those who are asked: their questions, and of each case only what goes with the question."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import attachments
from approvals.consulting import answering, reading
from approvals.consulting.who import ANSWERING_ROLES
from approvals.due import due_of
from approvals.forms.asking import AnswerForm
from approvals.models import Consultation
from approvals.notes.beside import check_not_recused
from approvals.views.told import take_errors
from audit import chain
from people import vault
from people.access import official_required
from people.refusals import Conflict, Invalid, NotFound

DONE = "done"


@official_required(*ANSWERING_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, or (`?tab=done`) what was answered. No name of any applicant stands here."""
    at, answered = timezone.now(), request.GET.get("tab") == DONE
    found = reading.listed(request.user, at, answered=answered, cursor=request.GET.get("after", ""))
    more = {"tab": DONE} if answered else {}
    context = {
        "answered": answered,
        "rows": [(row, due_of(row.due_at, at)) for row in found.rows],
        "waiting": reading.count_waiting(request.user, at),
        "next_url": "?" + urlencode({**more, "after": found.next}) if found.next else "",
        "first_url": (request.path + ("?" + urlencode(more) if more else "")) if request.GET.get("after") else "",
    }
    return render(request, "approvals/consulting/list.html", context)


@official_required(*ANSWERING_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question; answering it (POST). Reading is recorded before anything of the case is sent."""
    asked = _asked(request, pk)
    if request.method == "POST":
        return _answer(request, asked)
    return _page(request, asked, AnswerForm(asked))


@official_required(*ANSWERING_ROLES)
@never_cache
@require_safe
def attachment(request: HttpRequest, pk: int, file_id: uuid.UUID) -> HttpResponse:
    """A paper that goes with the question, as a download that is never sniffed."""
    asked = _asked(request, pk)
    row = reading.file_of(asked, file_id)
    if row is None:
        raise NotFound()
    _record(request, asked, "attachment.read", attachment=str(file_id), paper=row.paper)
    try:
        content, name = attachments.content_of(row), attachments.name_of(row, asked.application)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份材料无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    response = HttpResponse(content, content_type=row.content_type, headers=headers)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _asked(request: HttpRequest, pk: int) -> Consultation:
    asked = answering.put_to(request.user, pk, timezone.now())
    check_not_recused(asked.application, request.user)
    return asked


def _answer(request: HttpRequest, asked: Consultation) -> HttpResponse:
    form = AnswerForm(asked, request.POST)
    if not form.is_valid():
        return _page(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        answering.answer(request.user, asked.pk, given.get("choice", ""), given["words"], timezone.now())
    except Invalid as invalid:
        take_errors(form, invalid)
        return _page(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("已经答复。您不再参与本件其他环节的办理。"))
    return redirect("approvals:asked")


def _page(request: HttpRequest, asked: Consultation, form: AnswerForm, status: int = HTTPStatus.OK) -> HttpResponse:
    put = reading.shown(asked, timezone.now())
    _record(request, asked, "consultation.read", consultation=asked.pk)
    context = {
        "put": put,
        "asked": asked,
        "application": asked.application,
        "scheme_title": str(asked.application.definition.title),
        "form": form if put.open else None,
        "back_url": reverse("approvals:asked"),
    }
    return render(request, "approvals/consulting/asked.html", context, status=status)


def _record(request: HttpRequest, asked: Consultation, action: str, **data: object) -> None:
    chain.record_read(request.user.username, action, subject=asked.application.public_id, data=data)
