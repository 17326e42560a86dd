"""Files of a case for officials: papers handed in, papers issued. Each opening is recorded before a byte is sent."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications import attachments
from approvals import review
from audit import chain
from papers import reading
from papers.models import Paper
from people import vault
from people.access import official_required
from people.refusals import Conflict, NotFound
from people.roles import DESK_ROLES

PDF = "application/pdf"


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def attachment(request: HttpRequest, public_id: str, file_id: uuid.UUID) -> HttpResponse:
    """A paper handed in, as a download."""
    application = review.case_for(request.user, public_id, timezone.now())
    row = application.attachments.select_related("application__data_key").filter(public_id=file_id).first()
    if row is None:
        raise NotFound()
    _record(request, "attachment.read", public_id, {"attachment": str(file_id), "paper": row.paper})
    try:
        content, name = attachments.content_of(row), attachments.name_of(row, application)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份材料无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    return download(content, row.content_type, name)


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def paper_pdf(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A paper issued in the case, as it was made."""
    application = review.case_for(request.user, public_id, timezone.now())
    paper = review.papers_of(application).select_related("data_key").filter(pk=pk).first()
    if paper is None:
        raise NotFound()
    if paper.state != Paper.State.READY:
        raise Conflict(_("这份文书还没有生成好，请过一会儿再打开。"), code="not_ready")
    _record(request, "paper.read", public_id, {"paper": paper.number})
    return download(reading.pdf_bytes(paper), PDF, f"{paper.title}-{paper.verify_code}.pdf")


def _record(request: HttpRequest, action: str, public_id: str, data: dict) -> None:
    chain.record_read(request.user.username, action, subject=public_id, data=data)


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Always an attachment, never sniffed: a file of a stranger must not run on our site."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    response = HttpResponse(content, content_type=content_type, headers=headers)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
