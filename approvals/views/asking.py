"""Asking for an opinion on a case, and taking the question back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from approvals import review
from approvals.consulting import asking, who
from approvals.forms.asking import AskForm
from approvals.seats import seat_of
from approvals.views.told import take_errors
from people.access import official_required
from people.refusals import Conflict, Invalid
from people.roles import CASE_ROLES


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form (GET), and asking (POST). The page shows nothing of the case but its number and its scheme."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    seat = seat_of(request.user, application, at)
    if not who.may_ask(seat):
        raise Conflict(seat.why_not or _("这个环节现在不能征求意见。"), code="cannot_ask")
    form = AskForm(seat.item.queue.office, application, at, request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "application": application,
        "scheme_title": str(application.definition.title),
        "back_url": reverse("approvals:review", args=[public_id]),
    }
    if request.method != "POST":
        return render(request, "approvals/consulting/ask.html", context)
    if form.is_valid():
        try:
            asking.ask(request.user, public_id, seat.item.pk, form.question(), at)
        except Invalid as invalid:
            take_errors(form, invalid)
        else:
            messages.success(request, _("已经征求意见。没有答复也可以继续办理。"))
            return redirect("approvals:review", public_id)
    return render(request, "approvals/consulting/ask.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@official_required(*CASE_ROLES)
@require_POST
def withdraw(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a question back."""
    review.case_for(request.user, public_id, timezone.now())
    asking.withdraw(request.user, pk, timezone.now())
    messages.success(request, _("已经撤回征求意见。"))
    return redirect("approvals:review", public_id)
