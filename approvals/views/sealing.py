"""印章和用印登记: seals of the reader's offices, papers to seal by hand, scans, the register."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals import scope
from approvals.forms.sealing import ScanForm
from approvals.sealing import desk, filing
from audit import chain
from papers import reading
from papers.models import Paper, Scan, SealUse
from papers.seals import scans
from people import vault
from people.access import official_required
from people.joining import listed
from people.models import User
from people.refusals import Conflict, Invalid, NotFound

LISTED = 50
LONGEST_KEY = 18
WORDS = {
    "in_force": gettext_lazy("在用"),
    "withdrawn": gettext_lazy("已停用"),
    "lapsed": gettext_lazy("已过期"),
    "waiting": gettext_lazy("未生效"),
}


@official_required(*desk.ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The page; scans sent to it are filed."""
    if request.method != "POST":
        return _page(request, ScanForm())
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        kept = filing.file(request.user, form.cleaned_data["files"], form.cleaned_data["number"], timezone.now())
    except Invalid as refusal:
        form.add_refused(refusal.errors, str(refusal.message))
        return _page(request, form, refusal.status)
    messages.success(request, _filed(kept))
    return redirect("approvals:seals")


def _filed(kept: list[Scan]) -> str:
    if not kept:
        return _("这些扫描件以前已经归档，没有重复登记。")
    told = [_("%(number)s（%(pages)s页）") % {"number": scan.paper.number, "pages": scan.pages} for scan in kept]
    return _("已归档并登记用印：%(papers)s") % {"papers": listed(told)}


def _page(request: HttpRequest, form: ScanForm, status: int = HTTPStatus.OK) -> HttpResponse:
    at, before = timezone.now(), _number(request.GET.get("before", ""))
    offices = desk.offices_of(request.user, at)
    waiting, uses = desk.waiting(offices, timezone.localdate(at)), list(desk.uses(offices, before)[: LISTED + 1])
    context = {
        "form": form,
        "seals": [(seal, state := desk.state_of(seal, at), WORDS[state]) for seal in desk.seals_of(offices)],
        "waiting": _with_cases(request.user, list(waiting[:LISTED])),
        "count": waiting.count(),
        "uses": _with_names(uses[:LISTED]),
        "first_url": request.path if before else "",
        "next_url": f"?before={uses[LISTED - 1].pk}" if len(uses) > LISTED else "",
    }
    return render(request, "approvals/sealing/seals.html", context, status=status)


def _with_names(uses: list[SealUse]) -> list[tuple[SealUse, str]]:
    """Each entry with the name of who sealed; "" for the system."""
    names = dict(User.objects.filter(username__in={use.by for use in uses}).values_list("username", "full_name"))
    return [(use, names.get(use.by, use.by)) for use in uses]


def _with_cases(user: User, papers: list[Paper]) -> list[tuple[Paper, bool]]:
    """Each paper, and whether the reader may open its case and print it there."""
    cases = scope.visible_cases(user, timezone.now()).filter(public_id__in={paper.case_ref for paper in papers})
    mine = set(cases.values_list("public_id", flat=True))
    return [(paper, paper.case_ref in mine) for paper in papers]


@official_required(*desk.ROLES)
@never_cache
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """A scan as it was filed, as a download; the reading is recorded."""
    offices = desk.offices_of(request.user, timezone.now())
    found = Scan.objects.filter(pk=pk, paper__office__in=offices).select_related("paper__data_key").first()
    if found is None:
        raise NotFound()
    subject, data = found.paper.case_ref, {"paper": found.paper.number, "scan": found.pk}
    chain.record_read(request.user.username, "scan.read", subject=subject, data=data)
    try:
        content = scans.scan_bytes(found)
    except (vault.VaultError, reading.Altered, FileNotFoundError) as error:
        raise Conflict(_("这份扫描件无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    response = HttpResponse(content, content_type="application/pdf", headers=headers)
    name = f"{found.paper.title}-{found.paper.verify_code}-scan.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _number(text: str) -> int:
    """A key in an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
