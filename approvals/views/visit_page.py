"""One visit on a telephone: the report, its photos, the signature, the record."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.forms.others import UnmaskForm
from approvals.forms.visits import PhotosForm, ReportForm
from approvals.models import Visit
from approvals.visits import access, photos, reporting, shown
from audit import chain
from people import vault
from people.access import official_required
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.roles import CASE_ROLES

SAFE_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
PHOTO_IDS = "photo_%s"  # two forms stand on one page
# What can be wrong with stored bytes: their key, that they are gone, or not those that were stored.
UNREADABLE = (vault.VaultError, FileNotFoundError, ValueError)


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a visit (GET), and its report (POST)."""
    at = timezone.now()
    visit = access.visit_for(request.user, pk, at)
    if request.method != "POST":
        return _page(request, visit, _blank(visit))
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, visit, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reporting.report(request.user, pk, form.report(), at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, visit, form, refused.status)
    messages.success(request, _("核查报告已提交。"))
    return redirect("approvals:visit", pk)


def _blank(visit: Visit) -> ReportForm:
    now = timezone.localtime()
    return ReportForm(initial={"token": uuid.uuid4(), "made_on": now.date(), "made_time": now.time()})


def _page(
    request: HttpRequest,
    visit: Visit,
    form: ReportForm,
    status: int = HTTPStatus.OK,
    photos_form: PhotosForm | None = None,
) -> HttpResponse:
    may_report = access.is_visitor(request.user, visit)
    shown_photos_form = photos_form or PhotosForm(auto_id=PHOTO_IDS, initial={"token": uuid.uuid4()})
    chain.record_read(request.user.username, "visit.read", subject=visit.application.public_id)
    context = {
        "visit": visit,
        "application": visit.application,
        "scheme_title": str(visit.application.definition.title),
        "stage_label": shown.stage_words(visit),
        "stop": shown.stop_of(visit),
        "record": shown.record_of(visit),
        "form": form if may_report and visit.state == Visit.State.PLANNED else None,
        "faulty": photos_form or form,
        "photos_form": shown_photos_form,
        "may_report": may_report,
        "may_call_off": access.may_call_off(request.user, visit, timezone.now()),
        "most_photos": photos.MOST_PHOTOS,
        "unmask_form": UnmaskForm(),
        "query": "",
    }
    return render(request, "approvals/visits/visit.html", context, status=status)


@official_required(*CASE_ROLES)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a planned visit off."""
    reporting.cancel(request.user, pk, timezone.now())
    messages.success(request, _("已取消这次入户核查。"))
    return redirect("approvals:visit", pk)


@official_required(*CASE_ROLES)
@require_POST
def add_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep photos. A script sends one at a time and reads JSON; a form without script may send several."""
    at = timezone.now()
    visit = access.visit_for(request.user, pk, at)
    by_script = request.headers.get("Accept", "").startswith("application/json")
    form = PhotosForm(request.POST, request.FILES, auto_id=PHOTO_IDS)
    try:
        if not form.is_valid():
            raise Invalid(next(entry.message for entry in form.error_entries))
        for token, upload in zip(form.tokens(), form.cleaned_data["photos"], strict=True):
            given = form.cleaned_data
            photos.add(request.user, pk, photos.Sent(token, upload, given["caption"], given["taken_at"]), at)
    except NotFound:
        raise
    except Refused as refused:
        return _not_kept(request, visit, form, refused, by_script=by_script)
    count = visit.photos.count()
    if by_script:
        return JsonResponse({"count": count})
    messages.success(request, _("照片已上传，现有%(count)s张。") % {"count": count})
    return redirect("approvals:visit", pk)


def _not_kept(
    request: HttpRequest, visit: Visit, form: PhotosForm, refused: Refused, *, by_script: bool
) -> HttpResponse:
    """Why a photo is not kept: to the script as JSON, otherwise on the visit's page."""
    if by_script:
        return JsonResponse({"message": str(refused.message)}, status=refused.status)
    if not form.errors:
        form.add_error("photos", str(refused.message))
    return _page(request, visit, _blank(visit), refused.status, form)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def photo(request: HttpRequest, pk: int, photo_id: uuid.UUID) -> HttpResponse:
    """A photo. Its opening is recorded before a byte is sent."""
    at = timezone.now()
    visit = access.visit_for(request.user, pk, at)
    row = photos.photo_for(request.user, pk, photo_id, at)
    _record(request, visit, "visit.photo_read", photo=str(photo_id))
    return _picture(lambda: photos.content_of(row, visit), row.content_type)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def signature(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of the signature."""
    visit = access.visit_for(request.user, pk, timezone.now())
    if not visit.signature_image:
        raise NotFound()
    _record(request, visit, "visit.signature_read")
    content = _opened(lambda: reporting.signature_of(visit))
    return HttpResponse(content, content_type=_kind_of(content), headers=SAFE_HEADERS)


def _kind_of(content: bytes) -> str:
    """What our own re-drawn picture is: it begins as a JPEG or as a PNG."""
    return "image/jpeg" if content.startswith(b"\xff\xd8") else "image/png"


def _record(request: HttpRequest, visit: Visit, action: str, **data: str) -> None:
    chain.record_read(
        request.user.username, action, subject=visit.application.public_id, data={"visit": visit.pk, **data}
    )


def _opened(read) -> bytes:
    try:
        return read()
    except UNREADABLE as error:
        raise Conflict(_("这张照片无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error


def _picture(read, content_type: str) -> HttpResponse:
    return HttpResponse(_opened(read), content_type=content_type, headers=SAFE_HEADERS)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a visit that was reported, to print and to sign."""
    visit = access.visit_for(request.user, pk, timezone.now())
    if visit.state not in {Visit.State.MADE, Visit.State.MISSED}:
        raise Conflict(_("这次核查还没有报告，没有可以打印的记录。"), code="not_reported")
    _record(request, visit, "visit.record_read")
    context = {
        "visit": visit,
        "application": visit.application,
        "scheme_title": str(visit.application.definition.title),
        "stop": shown.stop_of(visit),
        "record": shown.record_of(visit),
    }
    return render(request, "approvals/visits/record.html", context)
