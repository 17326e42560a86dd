"""The page of a phase-out: its months explained, recording a change, and settling it."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.models import Application
from applications.naming import name_of
from approvals import review
from approvals.forms.phase_outs import ChangeForm, SettleForm
from approvals.phase_outs import acting, shown
from approvals.phase_outs.shown import ShownPhaseOut
from audit import chain
from benefits.models import PhaseOut
from benefits.stopping import PHASE_OUT_LIVE
from people.access import official_required
from people.refusals import Invalid, NotFound
from people.roles import DESK_ROLES

Form = ChangeForm | SettleForm


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read it, record a change, or settle the one that is open; the read is recorded first."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    try:
        found = shown.shown_of(application)
    except PhaseOut.DoesNotExist as error:
        raise NotFound() from error
    form = _form(request, application, found, at)
    if request.method != "POST":
        return _page(request, application, found, form)
    if form is None:
        raise NotFound()
    if isinstance(form, SettleForm) and "preview" in request.POST and form.is_valid():
        return _previewed(request, application, found, form, at)
    if form.is_valid() and _done(request, public_id, found, form, at):
        return redirect("approvals:phase_out", public_id)
    return _page(request, application, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _form(request: HttpRequest, application: Application, found: ShownPhaseOut, at: datetime) -> Form | None:
    """What the official may do now: settle the open change, or record one; None where neither is theirs."""
    given = request.POST if request.method == "POST" else None
    if found.phase_out.state not in PHASE_OUT_LIVE:
        return None
    if found.open is None:
        return ChangeForm(given) if acting.may_report(request.user, application, at) else None
    if found.open.reported_by_id == request.user.pk or not acting.may_settle(request.user, application, at):
        return None
    return SettleForm(found.course.household, given)


def _done(request: HttpRequest, public_id: str, found: ShownPhaseOut, form: Form, at: datetime) -> bool:
    """Do it; False with the faults at their fields."""
    try:
        if isinstance(form, ChangeForm):
            suspend = form.cleaned_data["suspend"]
            acting.report(request.user, public_id, form.reported(), at, suspend=suspend)
            messages.success(request, _("变更已登记，由另一位工作人员核实处理。"))
        else:
            outcome = acting.settle(request.user, public_id, found.open.pk, form.verified(), at)
            messages.success(request, _("变更已处理：%(effect)s。") % {"effect": outcome.get_effect_display()})
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return False
    return True


def _previewed(
    request: HttpRequest, application: Application, found: ShownPhaseOut, form: SettleForm, at: datetime
) -> HttpResponse:
    """What settling would bring, above the form as it was filled in."""
    try:
        preview = acting.preview(request.user, application.public_id, found.open.pk, form.verified(), at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, application, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(request, application, found, form, preview=preview)


def _page(
    request: HttpRequest,
    application: Application,
    found: ShownPhaseOut,
    form: Form | None,
    status: int = HTTPStatus.OK,
    preview: acting.Preview | None = None,
) -> HttpResponse:
    month = found.month(request.GET.get("month", ""))
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    context = {
        "application": application,
        "name": name_of(application),
        "found": found,
        "form": form,
        "preview": preview,
        "settling": isinstance(form, SettleForm),
        "month": month,
        "judged": shown.explained(application, found, month) if month else None,
    }
    return render(request, "approvals/phase_outs/page.html", context, status=status)
