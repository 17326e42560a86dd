"""One dossier: its cases, what can be put in, the minutes, and its sheets as a page and as the file that was made."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals.dossiers import access, cases, minutes, sheets
from approvals.forms.dossiers import CasesForm
from approvals.labels import labels_of
from approvals.models import Dossier
from audit import chain
from papers import reading
from papers.models import Paper
from people.access import official_required
from people.refusals import Conflict, Refused
from people.roles import CASE_ROLES

HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


def page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    form: CasesForm | None = None,
    refusal: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """One dossier; after a refused act with the reason on top. The read is recorded before it is sent."""
    rows = list(cases.rows_of(dossier))
    _record(request, dossier, "dossier.read", count=len(rows))
    context = _context(request, dossier, rows, form) | {
        "errors": [{"message": refusal.message}] if refusal else [],
    }
    return render(request, "approvals/dossiers/dossier.html", context, status=refusal.status if refusal else status)


def _context(request: HttpRequest, dossier: Dossier, rows: list, form: CasesForm | None) -> dict[str, Any]:
    at = timezone.now()
    is_open = dossier.state == Dossier.State.OPEN
    proposed = list(cases.fitting(request.user, dossier, at)[: cases.MOST_CASES]) if is_open else []
    return {
        "dossier": dossier,
        "title": labels_of((), [dossier.scheme_code]).title(dossier.scheme_code),
        "place": dossier.school or dossier.division,
        "rows": rows,
        "total": sum(row.application.amount or 0 for row in rows),
        "form": form or (CasesForm(proposed) if proposed else None),
        "minutes": minutes.latest(dossier),
        "is_open": is_open,
        "may_seal": is_open and access.may_seal(request.user, dossier, at),
        "ready": dossier.paper is not None and dossier.paper.state == Paper.State.READY,
    }


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def sheets_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All sheets to read or print: as they would be now while it is open, as they were issued afterwards."""
    at = timezone.now()
    dossier = access.dossier_for(request.user, pk, at)
    _record(request, dossier, "dossier.sheets_read", count=cases.rows_of(dossier).count())
    sealed = dossier.paper is not None
    content = reading.content(dossier.paper) if sealed else sheets.draft_of(dossier, at)
    return render(request, "approvals/dossiers/sheets.html", {"dossier": dossier, "content": content, "sealed": sealed})


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was made, byte for byte."""
    dossier = access.dossier_for(request.user, pk, timezone.now())
    paper = dossier.paper
    if paper is None or paper.state != Paper.State.READY:
        raise Conflict(_("本卷还没有封卷，或者文件还没有生成好，请过一会儿再打开。"), code="not_ready")
    _record(request, dossier, "dossier.pdf_read", paper=paper.number)
    response = HttpResponse(reading.pdf_bytes(paper), content_type="application/pdf", headers=HEADERS)
    name = f"{paper.title}-{paper.verify_code}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _record(request: HttpRequest, dossier: Dossier, action: str, **data: object) -> None:
    chain.record_read(request.user.username, action, subject=f"dossier-{dossier.pk}", data=data)
