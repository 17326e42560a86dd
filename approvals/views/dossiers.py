"""批次卷: the list, a new one, one dossier with its cases, minutes and sheets, sealing."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.dossiers import access, cases, minutes, opening, sealing
from approvals.forms.dossiers import CasesForm, MinutesForm, OpeningForm
from approvals.labels import labels_of
from approvals.models import Dossier
from approvals.views.dossier_page import page
from people.access import official_required
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.roles import CASE_ROLES

LISTED = 50


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The dossiers of the reader's offices, the newest first. No names of applicants: no read event."""
    at = timezone.now()
    before = request.GET.get("before", "")
    found = access.dossiers_seen(request.user, at).order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: LISTED + 1])
    shown = rows[:LISTED]
    labels = labels_of((), {dossier.scheme_code for dossier in shown})
    context = {
        "dossiers": [(dossier, labels.title(dossier.scheme_code)) for dossier in shown],
        "next_url": f"?before={shown[-1].pk}" if len(rows) > LISTED else "",
    }
    return render(request, "approvals/dossiers/list.html", context)


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a dossier."""
    at = timezone.now()
    form = _opening_form(request)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _new_page(request, form, status)
    try:
        dossier = opening.open_dossier(request.user, form.opening(), at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _new_page(request, form, refused.status)
    messages.success(request, _("已立卷。下面是可以编入的申请。"))
    return redirect("approvals:dossier", dossier.pk)


def _opening_form(request: HttpRequest) -> OpeningForm:
    at = timezone.now()
    found = opening.choices(request.user, at)
    offices = access.offices_of(request.user, at)
    given = request.POST if request.method == "POST" else None
    return OpeningForm(offices, found, labels_of((), found.schemes), given)


def _new_page(request: HttpRequest, form: OpeningForm, status: int) -> HttpResponse:
    return render(request, "approvals/dossiers/new.html", {"form": form}, status=status)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier."""
    return page(request, access.dossier_for(request.user, pk, timezone.now()))


@official_required(*CASE_ROLES)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the ticked cases in; what was refused is said case by case."""
    at = timezone.now()
    dossier = access.dossier_for(request.user, pk, at)
    form = CasesForm(cases.fitting(request.user, dossier, at), request.POST)
    if not form.is_valid():
        return page(request, dossier, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    results = cases.add(request.user, pk, form.cleaned_data["cases"], at)
    done = sum(not result.why_not for result in results)
    for result in results:
        if result.why_not:
            messages.warning(
                request, _("%(number)s 没有编入：%(why)s") % {"number": result.number, "why": result.why_not}
            )
    if done:
        messages.success(request, _("已编入 %(count)s 件。") % {"count": done})
    return redirect("approvals:dossier", pk)


def vars_of(result: cases.Added) -> dict[str, str]:
    """What a refused line says."""
    return {"number": result.number, "why": result.why_not}


@official_required(*CASE_ROLES)
@require_POST
def remove(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a case out."""
    cases.remove(request.user, pk, row, timezone.now())
    messages.success(request, _("已移出本卷。"))
    return redirect("approvals:dossier", pk)


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes: the latest to begin with, written anew when sent."""
    at = timezone.now()
    dossier = access.dossier_for(request.user, pk, at)
    if dossier.state != Dossier.State.OPEN:
        raise Conflict(_("本卷已经封卷，不能再改。"), code="sealed")
    form = MinutesForm(request.POST if request.method == "POST" else None, initial=_as_written(dossier))
    if request.method != "POST" or not form.is_valid():
        return _minutes_page(request, dossier, form, 422 if form.is_bound else 200)
    try:
        minutes.write(request.user, pk, form.minutes(), at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _minutes_page(request, dossier, form, refused.status)
    messages.success(request, _("会议纪要已保存。"))
    return redirect("approvals:dossier", pk)


def _as_written(dossier: Dossier) -> dict[str, object]:
    row = minutes.latest(dossier)
    if row is None:
        return {}
    names = ("held_on", "place", "chair", "votes_for", "votes_against", "abstained")
    attendance = "\n".join(f"{one['name']}，{one['office']}" for one in row.attendance)
    known = {name: getattr(row, name) for name in names}
    return {**known, "attendance": attendance, "text": minutes.text_of(row, dossier)}


def _minutes_page(request: HttpRequest, dossier: Dossier, form: MinutesForm, status: int) -> HttpResponse:
    return render(request, "approvals/dossiers/minutes.html", {"dossier": dossier, "form": form}, status=status)


@official_required(*CASE_ROLES)
@require_POST
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal; a refusal is shown on the dossier's own page."""
    at = timezone.now()
    counted = request.POST.get("version", "")
    version = int(counted) if counted.isascii() and counted.isdigit() and len(counted) < 6 else -1
    try:
        dossier = sealing.seal(request.user, pk, at, version=version)
    except NotFound:
        raise
    except Refused as refusal:
        return page(request, access.dossier_for(request.user, pk, at), refusal=refusal)
    messages.success(request, _("已封卷，卷号%(number)s。") % {"number": dossier.paper.number})
    return redirect("approvals:dossier", pk)
