"""Yearly reports: the list, issuing one, and the file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.notes.beside import SUPERVISOR, supervised
from audit import chain
from papers import reading
from papers.models import Paper
from payouts.forms_reports import ReportForm
from payouts.yearly.issuing import issue_report, report_of, reports_of
from people.access import official_required
from people.refusals import Conflict, Invalid


@official_required(SUPERVISOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The reports of the offices one supervises; a POST issues another."""
    at = timezone.now()
    form = ReportForm(supervised(request.user, at), at, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                issue_report(request.user, form.edition(), at)
            except Invalid as refusal:
                for name, message in refusal.errors.items():
                    form.add_error(name, message)
            except Conflict as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _("年度报告已制发，文件正在生成。"))
                return redirect("reports:index")
    context = {"form": form, "reports": reports_of(request.user, at)}
    return render(request, "payouts/yearly/index.html", context, status=status)


@official_required(SUPERVISOR)
@never_cache
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was made, byte for byte."""
    paper = report_of(request.user, pk, timezone.now()).paper
    if paper.state != Paper.State.READY:
        raise Conflict(_("文件还没有生成好，请过一会儿再打开。"), code="not_ready")
    chain.record_read(request.user.username, "yearly_report.read", subject=paper.case_ref)
    response = HttpResponse(reading.pdf_bytes(paper), content_type="application/pdf")
    name = f"{paper.title}-{paper.verify_code}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
