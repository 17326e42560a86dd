"""Hand-over lists: made, read, printed, packed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archives import access, handing_over
from archives.access import ARCHIVE_ROLES
from archives.forms import HandoverForm
from archives.packages import asking
from audit import chain
from papers import reading
from papers.models import Paper
from people.access import official_required
from people.refusals import Conflict, Invalid

LISTED = 50
HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The lists of the reader's offices, and making one. No names of applicants: no read event."""
    at = timezone.now()
    offices = access.offices_of(request.user, at)
    years = handing_over.waiting([office.pk for office in offices])
    form = HandoverForm(years, offices, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, bool(years), HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)
    try:
        office, year = form.chosen()
        handover = handing_over.hand_over(request.user, office, year, form.cleaned_data["receiver"], at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, form, bool(years), refused.status)
    messages.success(request, _("移交清单已经生成，文号%(number)s。") % {"number": handover.paper.number})
    return redirect("archives:handover", handover.pk)


def _page(request: HttpRequest, form: HandoverForm, any_wait: bool, status: int) -> HttpResponse:
    made = access.handovers_of(request.user, timezone.now()).order_by("-pk")[:LISTED]
    context = {"form": form if any_wait or form.is_bound else None, "handovers": made}
    return render(request, "archives/handovers.html", context, status=status)


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One list as it was frozen."""
    handover = access.handover_for(request.user, pk, timezone.now())
    _record(request, "handover.read", handover.pk, paper=handover.paper.number)
    context = {
        "handover": handover,
        "content": reading.content(handover.paper),
        "ready": handover.paper.state == Paper.State.READY,
        "packages": handover.packages.select_related("asked_by").order_by("-pk"),
        "at": timezone.now(),
    }
    return render(request, "archives/handover.html", context)


@official_required(*ARCHIVE_ROLES)
@never_cache
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it was made, byte for byte."""
    paper = access.handover_for(request.user, pk, timezone.now()).paper
    if paper.state != Paper.State.READY:
        raise Conflict(_("这份文书还没有生成好，请过一会儿再打开。"), code="not_ready")
    _record(request, "handover.pdf_read", pk, paper=paper.number)
    response = HttpResponse(reading.pdf_bytes(paper), content_type="application/pdf", headers=HEADERS)
    name = f"{paper.title}-{paper.verify_code}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@official_required(*ARCHIVE_ROLES)
@require_POST
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Have all files of the list packed."""
    asking.ask_for_handover(request.user, pk, timezone.now())
    messages.success(request, _("已开始导出。完成后可以在本页下载。"))
    return redirect("archives:handover", pk)


def _record(request: HttpRequest, action: str, pk: int, **data: object) -> None:
    chain.record_read(request.user.username, action, subject=f"handover-{pk}", data=data)
