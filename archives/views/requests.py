"""Corrections of personal data, answered by the office that has or had the case."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archives.access import ARCHIVE_ROLES
from archives.forms_my_data import AnswerForm
from archives.models import DataRequest
from archives.my_data import corrections
from audit import chain
from people.access import official_required
from people.forms import tried
from people.masking import masked_account, masked_phone
from people.refusals import Conflict
from people.vault import VaultError

SHOWN = 100
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
MASKS = {DataRequest.Field.PHONE: masked_phone, DataRequest.Field.CERTIFICATE: masked_account}


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, then what was answered."""
    rows = corrections.requests_at(request.user, timezone.now())
    waiting = list(rows.filter(state=DataRequest.State.OPEN).order_by("pk")[:SHOWN])
    done = list(rows.exclude(state=DataRequest.State.OPEN).order_by("-pk")[:SHOWN])
    chain.record_read(request.user.username, "data.requests_read", data={"count": len(waiting) + len(done)})
    return render(request, "archives/requests.html", {"waiting": waiting, "done": done})


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with what the record says now; sending the page answers it."""
    at = timezone.now()
    row = corrections.request_for(request.user, pk, at)
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def answer(given: dict[str, str]) -> DataRequest:
        act = corrections.accept if given["outcome"] == AnswerForm.ACCEPT else corrections.refuse
        return act(request.user, pk, given["answer"], at)

    came = tried(request, form, answer)
    if came.done:
        messages.success(request, _("已答复。"))
        return redirect("archives:requests")
    subject = row.application.public_id
    chain.record_read(request.user.username, "data.request_read", subject=subject, data={"request": row.pk})
    return render(request, "archives/request.html", {"row": row, "form": form, **_told(row)}, status=came.status)


def _told(row: DataRequest) -> dict[str, object]:
    """In clear only what has to be compared: what is said to be right. What the record has is masked."""
    try:
        details, now = corrections.details_of(row), corrections.value_now(row)
        masked = MASKS.get(row.field, str)(now) if now else ""
        return {"right": details["right"], "why": details["why"], "now": masked, "answer": corrections.answer_of(row)}
    except VaultError:
        return {"right": _("（内容无法解密）"), "why": "", "now": "", "answer": ""}


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof, as it was handed in."""
    row = corrections.request_for(request.user, pk, timezone.now())
    subject = row.application.public_id
    chain.record_read(request.user.username, "data.evidence_read", subject=subject, data={"request": row.pk})
    try:
        content = corrections.proof_of(row)
    except (VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份材料无法打开，请联系管理员。"), code="unreadable") from error
    response = HttpResponse(content, content_type=row.content_type, headers=HEADERS, status=HTTPStatus.OK)
    name = f"request-{row.pk}{ENDINGS.get(row.content_type, '.bin')}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
