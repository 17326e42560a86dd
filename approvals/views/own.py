"""What the person concerned does on their own case page: state their case, complain."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.own import Act
from applications.views.desk import applicant_page, applicant_render, open_desk
from approvals.complaints import filing
from approvals.exofficio import hearing
from approvals.exofficio.shown import shown_of
from approvals.forms.exofficio import ComplainForm, StatementForm
from people.refusals import Invalid, NotFound


@applicant_page("GET", "POST")
def statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """陈述申辩: what is intended, until when one can answer, and the answer."""
    desk = open_desk(request.user, public_id)
    shown = shown_of(desk.application)
    if shown is None or shown.proceeding.notice_at is None:
        raise NotFound()
    form, status = StatementForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            given = form.cleaned_data
            hearing.state_case(desk.user, public_id, given["text"], given["hearing"], desk.now)
            messages.success(request, _("您的陈述申辩已经提交。机关作决定时会逐条答复。"))
            return redirect("applications:detail", public_id)
    context = {
        "application": desk.application,
        "shown": shown,
        "form": form,
        "may": desk.may,
        "why_closed": hearing.why_closed(shown.proceeding, desk.now),
    }
    return applicant_render(request, "approvals/exofficio/statement.html", context, status=status)


@applicant_page("GET", "POST")
def complain(request: HttpRequest, public_id: str) -> HttpResponse:
    """投诉或申诉 about one's own case."""
    desk = open_desk(request.user, public_id)
    desk.require(Act.COMPLAIN)
    kinds = filing.kinds_for(desk.application)
    form, status = ComplainForm(kinds, request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            given = form.cleaned_data
            said = filing.Complained(given["kind"], given["text"], given["contact"])
            try:
                filing.complain(desk.user, public_id, said, desk.now)
            except Invalid as invalid:
                form.add_refused(invalid.errors, str(invalid.message))
            else:
                messages.success(request, _("已经提交，由没有办理过本案的工作人员处理，答复会写在这里。"))
                return redirect("applications:detail", public_id)
    context = {"application": desk.application, "scheme": desk.application.definition, "form": form, "kinds": kinds}
    return applicant_render(request, "approvals/complaints/complain.html", context, status=status)
