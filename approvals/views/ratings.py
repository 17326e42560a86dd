"""差评: what supervisors have to answer, one of it, and how all ratings count."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.due import due_of
from approvals.forms.ratings import RatingAnswerForm
from approvals.models import Rating
from approvals.ratings import answering, counts
from approvals.ratings.shown import shown
from audit import chain
from people.access import official_required
from people.forms import tried
from people.refusals import NotFound

LISTED = 100


@official_required(answering.SUPERVISOR)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Bad ratings that wait for an answer, the most urgent first, and those answered last."""
    at = timezone.now()
    found = answering.bad_ones(request.user, at)
    waiting = list(found.filter(answered_at__isnull=True)[:LISTED])
    chain.record_read(request.user.username, "ratings.listed", data={"count": len(waiting)})
    context = {
        "waiting": [(rating, due_of(rating.due_at, at)) for rating in waiting],
        "answered": found.filter(answered_at__isnull=False).order_by("-answered_at")[:LISTED],
    }
    return render(request, "approvals/ratings/list.html", context)


@official_required(answering.SUPERVISOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One bad rating in clear, without whose it is; a supervisor who has not acted in the case answers it (POST)."""
    at = timezone.now()
    rating = answering.bad_ones(request.user, at).filter(pk=pk).first()
    if rating is None:
        raise NotFound()
    form = RatingAnswerForm(request.POST if request.method == "POST" else None)
    result = tried(request, form, lambda given: answering.answer(request.user, pk, given["answer"], at))
    if result.done:
        messages.success(request, _("已答复，申请人可以在申请页面看到。"))
        return redirect("approvals:ratings")
    return _page(request, rating, form, result.status)


def _page(request: HttpRequest, rating: Rating, form: RatingAnswerForm, status: int) -> HttpResponse:
    chain.record_read(request.user.username, "rating.read", subject=rating.application.public_id)
    why_not = answering.why_not(request.user, rating)
    context = {
        "found": shown(rating.application, rating),
        "application": rating.application,
        "due": due_of(rating.due_at, timezone.now()),
        "form": None if why_not else form,
        "why_not": why_not,
    }
    return render(request, "approvals/ratings/show.html", context, status=status)


@official_required(answering.SUPERVISOR)
@never_cache
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """How the offices and schemes of the supervisor's divisions are rated; few ratings are not told apart."""
    ratings = answering.overseen(request.user, timezone.now())
    tables = [
        (_("按机关"), counts.by_office(ratings)),
        (_("按事项"), counts.by_scheme(ratings)),
    ]
    return render(request, "approvals/ratings/counts.html", {"tables": tables, "fewest": counts.FEWEST})
