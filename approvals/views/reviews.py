"""定期复核 and 数据比对: where ex officio cases come from, each opened by an official with one click."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.naming import name_of
from approvals import review
from approvals.exofficio import matching, opening, reviews
from approvals.forms.exofficio import ConfirmForm, RosterForm
from audit import chain
from people.access import official_required
from people.refusals import Invalid, NotFound
from people.roles import DESK_ROLES


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    """Benefits that live on and have not been looked at for long, the oldest first."""
    due = reviews.due_reviews(request.user, timezone.now())
    chain.record_read(request.user.username, "reviews.listed", data={"rows": len(due)})
    return render(request, "approvals/exofficio/reviews.html", {"due": due})


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that nothing has changed, or go on to open a case."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    if not opening.role_for(request.user, application, at):
        raise NotFound()
    form, status = ConfirmForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            reviews.confirm(request.user, public_id, form.cleaned_data["text"], at)
            messages.success(request, _("已记入复核：没有变化。"))
            return redirect("approvals:reviews")
    chain.record_read(request.user.username, "case.read", subject=public_id)
    context = {"form": form, "application": application, "name": name_of(application)}
    return render(request, "approvals/exofficio/confirm.html", context, status=status)


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Hold a roster against what the official's offices granted; nothing of it is kept."""
    form = RosterForm(request.POST or None, request.FILES or None)
    result, status = None, HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                result = matching.match(request.user, file.read(), timezone.now())
                status = HTTPStatus.OK
            except Invalid as invalid:
                form.add_error("file", str(invalid.message))
    return render(request, "approvals/exofficio/roster.html", {"form": form, "result": result}, status=status)
