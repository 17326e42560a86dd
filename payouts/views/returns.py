"""银行回单: files are brought in, shown as checked, and confirmed by somebody else; then contradictions are decided."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import chain
from payouts import scope
from payouts.forms_returns import ReturnFileForm, RulingForm
from payouts.models import ReturnFile
from payouts.returns import disputes, intake
from payouts.returns.reading import FAILED, HEADINGS, PAID
from payouts.returns.shown import ReasonedLine, lines_of_check, results_of, said
from people.access import official_required
from people.forms import tried
from people.refusals import Invalid, NotFound, Refused
from people.tables import FAULTS_TOLD, FaultyFile

FILES_SHOWN, LINES_SHOWN = 50, 100
SAMPLE = (
    ("示例批次〔2026〕1号", "1", PAID, "", "2026-12-01"),
    ("示例批次〔2026〕1号", "2", FAILED, "账号不存在", ""),
)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The files of the reader's bureaus, newest first; a POST brings one in. Sums only: no read event."""
    at = timezone.now()
    offices = scope.finance_offices(request.user, at)
    if not offices:
        raise NotFound()
    if request.method != "POST":
        return _listing(request, ReturnFileForm(offices), at)
    form = ReturnFileForm(offices, request.POST, request.FILES)
    if not form.is_valid():
        return _listing(request, form, at, status=422)
    try:
        office = scope.finance_office(request.user, form.cleaned_data["office"], at)
        file, new = intake.upload(request.user, office, form.cleaned_data["file"].read(), at)
    except Invalid as refusal:
        form.add_refused({"file": refusal.message}, refusal.message)
        return _listing(request, form, at, refusal.faults if isinstance(refusal, FaultyFile) else [], refusal.status)
    if not new:
        messages.info(request, _("这个文件以前上传过，这次没有任何变化。"))
    return redirect("payouts:return_file", file.pk)


def _listing(
    request: HttpRequest, form: ReturnFileForm, at: datetime, faults: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    faults = faults or []
    files = ReturnFile.objects.filter(office__in=scope.finance_offices(request.user, at))
    context = {
        "form": form,
        "faults": faults[:FAULTS_TOLD],
        "more": max(0, len(faults) - FAULTS_TOLD),
        "files": files.select_related("uploaded_by", "confirmed_by")[:FILES_SHOWN],
        "disputed": disputes.disputes_of(request.user, at).count(),
    }
    return render(request, "payouts/returns/files.html", context, status=status)


@official_required(scope.MAKER, scope.CHECKER)
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A return file as the site reads it, with invented lines, to send to the bank."""
    rows = [HEADINGS, *SAMPLE]
    text = "".join(",".join(row) + "\r\n" for row in rows)
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="回单样例.csv")
    return response


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what confirming it would do, or what it did."""
    return _page(request, pk, timezone.now())


def _page(request: HttpRequest, pk: int, at: datetime, refusal: Refused | None = None) -> HttpResponse:
    file = intake.file_of(request.user, pk, at)
    checked, lines = None, []
    if file.confirmed_at is None:
        try:
            checked = intake.checked_now(file, at)
            lines = lines_of_check(checked, LINES_SHOWN)
        except Invalid as fault:
            refusal = refusal or fault
    else:
        lines = results_of(file, LINES_SHOWN)
    chain.record_read(request.user.username, "return.read", subject=file.reference, data={"lines": len(lines)})
    context = {
        "file": file,
        "checked": checked,
        "lines": lines,
        "shown": LINES_SHOWN,
        "may_confirm": checked is not None and file.uploaded_by_id != request.user.pk,
        "errors": [{"message": refusal.message}] if refusal else [],
    }
    return render(request, "payouts/returns/file.html", context, status=refusal.status if refusal else 200)


@official_required(scope.MAKER, scope.CHECKER)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm."""
    at = timezone.now()
    try:
        intake.confirm(request.user, pk, at)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, pk, at, refusal)
    messages.success(request, _("回单已确认登记。"))
    return redirect("payouts:return_file", pk)


@official_required(scope.MAKER, scope.CHECKER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """One contradiction, and what is made of it."""
    at = timezone.now()
    result = disputes.disputes_of(request.user, at).filter(pk=pk).first()
    if result is None:
        raise NotFound()
    form = RulingForm(request.POST or None)
    outcome = tried(
        request, form, lambda given: disputes.rule(request.user, pk, given["accepted"] == "yes", given["note"], at)
    )
    if outcome.done:
        messages.success(request, _("已处理。"))
        return redirect("payouts:returned")
    line = ReasonedLine.of_result(result)
    chain.record_read(request.user.username, "return.dispute_read", subject=result.payout.batch.number)
    why_not = disputes.why_not(request.user, result)
    context = {"result": result, "line": line, "before": said(result.payout), "form": form, "why_not": why_not}
    return render(request, "payouts/returns/dispute.html", context, status=outcome.status)
