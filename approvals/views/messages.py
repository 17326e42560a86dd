"""留言 with the applicant, as the officials of the case see it."""

from http import HTTPStatus

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applications import messages
from applications.forms.messages import MessageForm
from approvals import review
from approvals.messages import replying
from approvals.notes.beside import check_not_recused
from approvals.views.told import take_errors
from audit import chain
from people.access import official_required
from people.refusals import Invalid
from people.roles import DESK_ROLES

HINT = gettext_lazy("申请人看到的是单位名称，看不到您的姓名。要申请人补交或者改正的，请用“退回补正”，不要在这里要求。")


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """The thread, and writing for the office that has the case. Reading is recorded before anything is sent."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    check_not_recused(application, request.user)
    form = MessageForm(str(HINT), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            replying.write(request.user, public_id, form.cleaned_data["text"], at)
        except Invalid as invalid:
            take_errors(form, invalid)
        else:
            told.success(request, _("留言已经发给申请人。"))
            return redirect("approvals:messages", public_id)
    chain.record_read(request.user.username, "messages.read", subject=public_id)
    rows = messages.thread(application)
    office = replying.writes_for(request.user, application, at)
    context = {
        "application": application,
        "scheme_title": str(application.definition.title),
        "rows": rows,
        "official": True,
        "unread": sum(not row.from_official and row.read_at is None for row, _words in rows),
        "form": form if office else None,
        "office": office,
        "back_url": reverse("approvals:review", args=[public_id]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "approvals/messages/thread.html", context, status=status)


@official_required(*DESK_ROLES)
@require_POST
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that the office has read what the applicant wrote."""
    replying.read(request.user, public_id, timezone.now())
    return redirect("approvals:messages", public_id)
