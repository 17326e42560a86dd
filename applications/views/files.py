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

from applications import attachments
from applications.forms.uploads import UploadForm
from applications.journey import CHECK, PAPERS
from applications.models import Attachment
from applications.uploads import MEGABYTE
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from people.refusals import Conflict, Invalid
from schemes.definition import PaperAsked

GO_ON = "go_on"


@applicant_page("GET", "POST")
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every paper asked for, with what was handed in so far; sending the page uploads the files chosen."""
    desk = open_desk(request.user, public_id)
    if request.method == "POST":
        desk.require_editable()
        return _upload(request, desk)
    if not desk.is_editable:
        return redirect("applications:detail", public_id)
    if not desk.asked.papers:
        return redirect(desk.journey.step(CHECK).url)
    return _render(request, desk, UploadForm(desk.asked.papers))


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


def _upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = UploadForm(desk.asked.papers, request.POST, request.FILES)
    form.is_valid()
    version: int | None = token_of(request)
    for paper in desk.asked.papers:
        for file in form.cleaned_data.get(paper.code, []):
            try:
                attachments.add(desk.user, desk.public_id, paper.code, file, desk.now, version=version)
            except Invalid as invalid:
                text = _("%(file)s：%(message)s") % {"file": file.name, "message": invalid.message}
                form.add_error(paper.code, text)
            except Conflict as conflict:
                return _render(request, desk.reopened(), form, 409, [{"message": str(conflict.message)}])
            else:
                version = None
    return _answer(request, desk.reopened(), form)


def _answer(request: HttpRequest, desk: Desk, form: UploadForm) -> HttpResponse:
    if form.errors:
        return _render(request, desk, form, 422)
    if GO_ON not in request.POST:
        messages.success(request, _("文件已经保存。"))
        return redirect("applications:papers", desk.public_id)
    lacking = _lacking(desk)
    for paper in lacking:
        form.add_error(paper.code, _("请上传“%(paper)s”。") % {"paper": paper.label})
    return _render(request, desk, form, 422) if lacking else redirect(desk.journey.step(CHECK).url)


def _lacking(desk: Desk) -> list[PaperAsked]:
    there = {file.paper for file in desk.files}
    return [paper for paper in desk.asked.papers if paper.required and paper.code not in there]


def _render(request: HttpRequest, desk: Desk, form: UploadForm, status: int = 200, errors: Any = ()) -> HttpResponse:
    rows = [
        {
            "paper": paper,
            "field": form[paper.code],
            "files": file_rows(desk, [file for file in desk.files if file.paper == paper.code]),
        }
        for paper in desk.asked.papers
    ]
    before = desk.journey.before(PAPERS)
    context = {
        "application": desk.application,
        "form": form,
        "errors": list(errors),
        "rows": rows,
        "progress": desk.journey.progress(PAPERS),
        "back_url": before.url if before else reverse("applications:detail", args=[desk.public_id]),
        "go_on": GO_ON,
        "megabytes": settings.UPLOAD_MAX_BYTES // MEGABYTE,
    }
    return applicant_render(request, "applications/papers.html", context, status=status)
