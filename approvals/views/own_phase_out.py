"""What a family does on the page of its own phase-out: report a change, come back after a job was lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from approvals.forms.phase_outs import OwnChangeForm
from benefits.models import PhaseOut
from benefits.phase_out import links, own
from people.forms import tried
from people.refusals import NotFound


@applicant_page("GET", "POST")
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """报告变更: what changed, when, and in words."""
    desk = open_desk(request.user, public_id)
    if not PhaseOut.objects.filter(application=desk.application).exists():
        raise NotFound()
    desk.require(Act.REPORT)
    form = OwnChangeForm(request.POST or None)
    outcome = tried(
        request,
        form,
        lambda given: own.report(desk.user, public_id, given["kind"], given["happened_on"], given["words"], desk.now),
    )
    if outcome.done:
        messages.success(request, _("已经收到。工作人员核实以后，会把结果告诉您。"))
        return redirect("applications:detail", public_id)
    context = {"application": desk.application, "form": form, "may_report": own.may_report(desk.application)}
    return applicant_render(request, "approvals/phase_outs/own.html", context, status=outcome.status)


@applicant_page("POST")
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """再次纳入: begin the application from the old file, and go on with it."""
    desk = open_desk(request.user, public_id)
    draft = links.come_back(desk.user, public_id, desk.now)
    return redirect("applications:resume", draft.public_id)
