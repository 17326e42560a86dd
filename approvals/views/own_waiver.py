"""What the holder of a waiver does on the page of their own case: tell of a change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from approvals.forms.waivers import OwnWaiverChangeForm
from benefits.models import Waiver
from benefits.waivers import changes
from people.forms import tried
from people.refusals import NotFound


@applicant_page("GET", "POST")
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """报告变更: transferred, given up, moved, or the relief is not wanted any more; officials look into it."""
    desk = open_desk(request.user, public_id)
    if not Waiver.objects.filter(application=desk.application).exists():
        raise NotFound()
    desk.require(Act.REPORT)
    form = OwnWaiverChangeForm(request.POST or None)
    outcome = tried(
        request,
        form,
        lambda given: changes.report_own(
            desk.user, public_id, given["kind"], given["happened_on"], given["words"], desk.now
        ),
    )
    if outcome.done:
        messages.success(request, _("已经收到。工作人员核实以后，会把结果告诉您。"))
        return redirect("applications:detail", public_id)
    context = {"application": desk.application, "form": form, "may_report": changes.may_report(desk.application)}
    return applicant_render(request, "approvals/waivers/own_change.html", context, status=outcome.status)
