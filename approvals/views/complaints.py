"""Complaints: those the official's offices answer for, and one of them with its answer."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals import reopening, scope
from approvals.complaints import filing, handling
from approvals.due import due_of
from approvals.forms.exofficio import AnswerForm
from approvals.history.entries import readable
from approvals.models import Complaint
from audit import chain
from people.access import official_required
from people.refusals import Invalid, NotFound
from people.roles import DESK_ROLES

LISTED = 100


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first, and what was answered last. A list is one read."""
    at = timezone.now()
    found = handling.complaints_of(request.user, at)
    waiting = list(found.filter(result="")[:LISTED])
    chain.record_read(request.user.username, "complaints.listed", data={"rows": len(waiting)})
    context = {
        "waiting": [(complaint, due_of(complaint.due_at, at)) for complaint in waiting],
        "answered": found.exclude(result="").order_by("-handled_at")[:LISTED],
    }
    return render(request, "approvals/complaints/list.html", context)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint in clear; whoever has not acted in the case answers it (POST)."""
    complaint = handling.complaints_of(request.user, timezone.now()).filter(pk=pk).first()
    if complaint is None:
        raise NotFound()
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, complaint, form)
    if not form.is_valid():
        return _page(request, complaint, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        handling.handle(request.user, pk, given["result"], given["answer"], timezone.now())
    except Invalid as invalid:
        form.add_refused(invalid.errors, str(invalid.message))
        return _page(request, complaint, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("已答复，申请人可以在案件页面看到。"))
    return redirect("approvals:complaints")


def _page(request: HttpRequest, complaint: Complaint, form: AnswerForm, status: int = HTTPStatus.OK) -> HttpResponse:
    application, at = complaint.application, timezone.now()
    chain.record_read(request.user.username, "complaint.read", subject=application.public_id)
    why_not = handling.why_not(request.user, complaint)
    about_them = handling.is_about_them(request.user, complaint)
    context = {
        "complaint": complaint,
        "application": application,
        "text": readable(application.data_key, complaint.text, filing.TEXT),
        "contact": "" if about_them else readable(application.data_key, complaint.contact, filing.CONTACT),
        "answer": readable(application.data_key, complaint.answer, filing.ANSWER),
        "due": due_of(complaint.due_at, at),
        "form": None if why_not else form,
        "why_not": why_not,
        "may_see_case": scope.visible_cases(request.user, at).filter(pk=application.pk).exists(),
        "will_reopen": handling.is_about_outcome(complaint) and application.state in reopening.REOPENABLE,
    }
    return render(request, "approvals/complaints/show.html", context, status=status)
