"""What an organisation does on the page of its own grant: report that a milestone is reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from approvals.forms.milestones import OwnReportForm
from approvals.milestones import shown
from benefits.milestones import reporting
from people.forms import tried
from people.refusals import NotFound


@applicant_page("GET", "POST")
def report(request: HttpRequest, public_id: str, place: int) -> HttpResponse:
    """报告完成: in words, with a paper; officials look into it on site."""
    desk = open_desk(request.user, public_id)
    found = shown.of_place(desk.application, place, desk.now)
    if found is None:
        raise NotFound()
    desk.require(Act.DELIVER)
    sent = request.method == "POST"
    form = OwnReportForm(request.POST, request.FILES) if sent else OwnReportForm()
    outcome = tried(request, form, lambda given: reporting.report(desk.user, public_id, place, form.told(), desk.now))
    if outcome.done:
        messages.success(request, _("已经收到。工作人员会到现场核查，核查并确认以后拨付这一期款项。"))
        return redirect("applications:detail", public_id)
    context = {"application": desk.application, "one": found, "form": form}
    return applicant_render(request, "approvals/milestones/own_report.html", context, status=outcome.status)
