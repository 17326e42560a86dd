"""An issued paper in other forms for officials, who print them for whoever asked at the counter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications.views.files import file_response
from approvals.issued import access
from audit import chain
from papers import reading
from papers.forms_of_reading import asking, plain
from papers.models import Paper
from people.access import official_required
from people.refusals import NotFound
from people.roles import DESK_ROLES

PDF, TEXT = "application/pdf", "text/plain; charset=utf-8"


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_large(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The large print (GET), while it is not there the paper's page; sending has it made (POST)."""
    at = timezone.now()
    paper = access.paper_for(request.user, public_id, pk, at)
    if request.method == "POST":
        asking.ask(paper, at)
        messages.success(request, _("大字版正在生成，一般不超过一分钟。"))
        return redirect("approvals:paper", public_id, pk)
    large = asking.large_print_of(paper)
    if large is None or large.state != Paper.State.READY or paper.status == Paper.Status.VOID:
        return redirect("approvals:paper", public_id, pk)
    _record(request, public_id, paper)
    return file_response(asking.pdf_bytes(large), PDF, f"{paper.title}-{paper.verify_code}-large.pdf")


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def paper_text(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The plain text."""
    paper = access.paper_for(request.user, public_id, pk, timezone.now())
    if paper.status == Paper.Status.VOID:
        raise NotFound()
    _record(request, public_id, paper)
    return file_response(plain.encoded(reading.content(paper)), TEXT, f"{paper.title}-{paper.verify_code}.txt")


def _record(request: HttpRequest, public_id: str, paper: Paper) -> None:
    chain.record_read(request.user.username, "paper.read", subject=public_id, data={"paper": paper.number})
