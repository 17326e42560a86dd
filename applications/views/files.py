"""Papers handed in with a case: the page to upload them, taking one back, and opening one."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from applications import attachments, photo_check, promising
from applications.forms.uploads import LATER, UploadForm
from applications.journey import CHECK, PAPERS
from applications.models import Attachment
from applications.own import Act
from applications.states import State
from applications.uploads import MEGABYTE
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people.refusals import Conflict, Invalid
from schemes.definition import PaperAsked

GO_ON = "go_on"


@applicant_page("GET", "POST")
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every paper asked for, with what was handed in so far; sending the page uploads the files chosen.

    Of a filed case only what was promised and has not come.
    """
    desk = open_desk(request.user, public_id)
    if not desk.awaited:
        if request.method == "POST":
            desk.require_editable()
        elif not desk.is_editable:
            return redirect("applications:detail", public_id)
    if request.method == "POST":
        return _upload(request, desk)
    desk.require(Act.EDIT)
    if not _papers(desk):
        return redirect(desk.journey.step(CHECK).url)
    return _render(request, desk, _form(desk))


@applicant_page("POST")
def remove(request: HttpRequest, public_id: str, attachment: uuid.UUID) -> HttpResponse:
    """Take one file back."""
    attachments.remove(
        request.user, public_id, attachment, open_desk(request.user, public_id).now, version=token_of(request)
    )
    messages.success(request, _("已移除这个文件。"))
    return redirect("applications:papers", public_id)


@applicant_page("GET")
def download(request: HttpRequest, public_id: str, attachment: uuid.UUID) -> HttpResponse:
    """One's own file, as a download that no browser interprets."""
    row, content = attachments.open_own(request.user, public_id, attachment)
    return file_response(content, row.content_type, attachments.name_of(row, row.application))


def file_response(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A stored file as a download: never shown in place, never sniffed, never kept by a cache."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def file_rows(desk: Desk, files: list[Attachment]) -> list[dict[str, Any]]:
    """Files as the pages list them."""
    return [
        {
            "name": attachments.name_of(file, desk.application),
            "size": file.size,
            "url": reverse("applications:attachment", args=[desk.public_id, file.public_id]),
            "remove_url": reverse("applications:attachment_remove", args=[desk.public_id, file.public_id]),
        }
        for file in files
    ]


def _papers(desk: Desk) -> list[PaperAsked]:
    return [one.paper for one in desk.awaited] or list(desk.asked.papers)


def _form(desk: Desk, *sent: Any) -> UploadForm:
    promises = desk.application.state == State.DRAFT
    return UploadForm(_papers(desk), *sent, promised=desk.promised, may_promise=promises)


def _upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = _form(desk, request.POST, request.FILES)
    form.is_valid()
    version: int | None = token_of(request)
    for paper in _papers(desk):
        for file in form.cleaned_data.get(paper.code, []):
            try:
                row = attachments.add(desk.user, desk.public_id, paper.code, file, desk.now, version=version)
            except Invalid as invalid:
                text = _("%(file)s：%(message)s") % {"file": file.name, "message": invalid.message}
                form.add_error(paper.code, text)
            except Conflict as conflict:
                return _render(request, desk.reopened(), form, 409, [{"message": str(conflict.message)}])
            else:
                version = None
                _tell(request, row)
    try:
        _promise(desk, form, version)
    except Conflict as conflict:
        return _render(request, desk.reopened(), form, 409, [{"message": str(conflict.message)}])
    return _answer(request, desk.reopened(), form)


def _promise(desk: Desk, form: UploadForm, version: int | None) -> None:
    """Which papers follow; one that is here follows no more."""
    if desk.application.state != State.DRAFT:
        return
    there = desk.reopened().papers_there
    wanted = form.promised - there
    if wanted != desk.promised - there or desk.promised & there:
        promising.promise(desk.user, desk.public_id, wanted, desk.now, version=version)


def _tell(request: HttpRequest, row: Attachment) -> None:
    """Say in words what the file is like: not everybody can look at it."""
    name = attachments.name_of(row, row.application)
    told, doubtful = photo_check.in_words(name, row.content_type, attachments.content_of(row))
    (messages.warning if doubtful else messages.info)(request, told)


def _answer(request: HttpRequest, desk: Desk, form: UploadForm) -> HttpResponse:
    if form.errors:
        return _render(request, desk, form, 422)
    if not desk.is_editable:
        messages.success(request, _("材料已经交给办理机关。"))
        return redirect("applications:detail", desk.public_id)
    if GO_ON not in request.POST:
        messages.success(request, _("文件已经保存。"))
        return redirect("applications:papers", desk.public_id)
    for paper in desk.lacking:
        form.add_error(paper.code, _told(paper))
    return _render(request, desk, form, 422) if desk.lacking else redirect(desk.journey.step(CHECK).url)


def _told(paper: PaperAsked) -> str:
    text = _("请上传“%(paper)s”，或者勾选“这份材料以后再交”。") if paper.can_follow else _("请上传“%(paper)s”。")
    return text % {"paper": paper.label}


def _render(request: HttpRequest, desk: Desk, form: UploadForm, status: int = 200, errors: Any = ()) -> HttpResponse:
    due = {one.paper.code: one.due_on for one in desk.awaited}
    rows = [
        {
            "paper": paper,
            "field": form[paper.code],
            "later": form[LATER + paper.code] if LATER + paper.code in form.fields else None,
            "due": due.get(paper.code),
            "files": file_rows(desk, [file for file in desk.files if file.paper == paper.code]),
        }
        for paper in _papers(desk)
    ]
    before = desk.journey.before(PAPERS)
    context = {
        "application": desk.application,
        "form": form,
        "errors": list(errors),
        "rows": rows,
        "progress": "" if due else desk.journey.progress(PAPERS),
        "follows": bool(due),
        "back_url": before.url if before else reverse("applications:detail", args=[desk.public_id]),
        "go_on": GO_ON,
        "megabytes": settings.UPLOAD_MAX_BYTES // MEGABYTE,
    }
    return applicant_render(request, "applications/papers.html", context, status=status)
