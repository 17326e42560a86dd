"""Printed forms of drafts: making one, its PDF, filing the signed scans. And reading an oral application back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application
from applications.own import Act
from applications.states import State
from applications.views.check import told_in
from applications.views.desk import open_desk, token_of
from applications.views.files import file_response
from audit import chain
from helping.forms.village import OralForm, SignedFormsForm
from helping.models import OralReading
from helping.oral import reading_back
from helping.paper_forms import filing, making
from helping.standing.asking import HELPING_ROLES
from papers.codes import grouped
from people.access import official_required
from people.forms import tried
from people.joining import listed
from people.refusals import NotFound

FORM = ["GET", "HEAD", "POST"]
PDF = "application/pdf"


@official_required(*HELPING_ROLES)
@never_cache
@require_POST
def make(request: HttpRequest, public_id: str) -> HttpResponse:
    """A form of one's own draft."""
    form = making.make(request.user, public_id, timezone.now())
    messages.success(request, _("申请表已经生成，编号%(code)s。请下载打印。") % {"code": grouped(form.code)})
    return redirect("applications:detail", public_id)


@official_required(*HELPING_ROLES)
@never_cache
@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The form to print, with what the draft says now; the reading is recorded."""
    at = timezone.now()
    form = making.form_of(request.user, code, at)
    chain.record_read(request.user.username, "form.read", subject=form.application.public_id, data={"form": form.code})
    return file_response(making.pdf_of(request.user, form, at), PDF, f"{grouped(form.code)}.pdf")


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def scans(request: HttpRequest) -> HttpResponse:
    """Signed forms, filed by their codes."""
    at, user = timezone.now(), request.user
    form = SignedFormsForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    came = tried(request, form, lambda given: filing.file(user, given["files"], given["code"], at))
    if came.done:
        messages.success(request, _filed(came.result))
        return redirect("helping:scans")
    return render(request, "helping/paper_forms/scans.html", {"form": form}, status=came.status)


def _filed(applications: list[Application]) -> str:
    titles = [str(application.definition.title) for application in applications]
    return _("已归到%(count)s份申请：%(titles)s") % {"count": len(titles), "titles": listed(titles)}


@official_required(*HELPING_ROLES)
@never_cache
@require_http_methods(FORM)
def oral(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answers as they are read out, and the form that says who was witness."""
    desk = open_desk(request.user, public_id)
    application = desk.application
    if application.state != State.DRAFT or not application.for_other:
        raise NotFound()
    desk.require(Act.EDIT)
    form = OralForm(request.POST if request.method == "POST" else None)
    version = token_of(request) if request.method == "POST" else None

    def keep(given: dict[str, Any]) -> OralReading:
        said = reading_back.Said(given["witness"], given["phone"], given["how"])
        return reading_back.keep(desk.user, public_id, said, desk.now, version=version)

    came = tried(request, form, keep)
    if came.done:
        messages.success(request, _("已经登记为口头申请。"))
        return redirect("applications:check", public_id)
    reading = reading_back.latest_of(application)
    context = {
        "application": application,
        "scheme": application.definition,
        "told": told_in(desk, filed=False),
        "reading": reading,
        "same": reading is not None and reading.answers_sha256 == reading_back.mark_of(desk.answers),
        "form": form,
    }
    return render(request, "helping/oral/oral.html", context, status=came.status)
