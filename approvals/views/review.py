"""The review page: read the case, decide, go on to the next."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applications.models import Application
from approvals import decide, inbox, review
from approvals.forms.decision import DecisionForm, offer_context
from approvals.forms.filters import query_of, read_filters
from approvals.forms.offers import offer_of
from approvals.forms.others import UnmaskForm
from approvals.models import Opinion
from approvals.review import Review
from approvals.views.shown import context_of
from audit import chain
from people.access import official_required
from people.one_moment import one_moment
from people.refusals import Conflict, Invalid
from people.roles import CASE_ROLES, DESK_ROLES
from workflows.models import WorkItem


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page (GET), and acting on the open item (POST). The read is recorded before anything is sent.

    The case is read as it stood at one moment; whether it still does is asked again under the locks of an act.
    """
    at = timezone.now()
    with one_moment():
        application = review.case_for(request.user, public_id, at)
        found = review.load(request.user, application, at, _wanted(request))
        form = _form(found, request)
    if request.method != "POST":
        return _page(request, found, form)
    if form is None or found.seat.item.pk != _wanted(request):
        return _refused(request, found)
    return _decide(request, found, form)


@official_required(*CASE_ROLES)
@require_POST
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """签收: take the item."""
    decide.claim(request.user, _own_item(request, public_id), timezone.now())
    messages.success(request, _("已签收。"))
    return redirect(_address(request, public_id))


@official_required(*CASE_ROLES)
@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """退签: put the item back."""
    decide.release(request.user, _own_item(request, public_id), timezone.now())
    messages.success(request, _("已退签，同事可以办理此件。"))
    return redirect(_address(request, public_id))


def _own_item(request: HttpRequest, public_id: str) -> int:
    """The item the button stands for, if it belongs to the case of this address; else an item nobody has."""
    case = review.case_for(request.user, public_id, timezone.now())
    wanted = _wanted(request)
    return wanted if WorkItem.objects.filter(pk=wanted, case_id=case.pk).exists() else 0


def _wanted(request: HttpRequest) -> int | None:
    text = request.POST.get("item") or request.GET.get("item") or ""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _address(request: HttpRequest, public_id: str) -> str:
    return reverse("approvals:review", args=[public_id]) + query_of(read_filters(request.GET))


def _form(found: Review, request: HttpRequest) -> DecisionForm | None:
    """The decision form, where the official may act."""
    if not found.may_act:
        return None
    policy = found.policy.plain_values if found.policy else {}
    context = offer_context(timezone.localdate(), policy)
    return DecisionForm(offer_of(found), context, request.POST if request.method == "POST" else None)


def _page(request: HttpRequest, found: Review, form: DecisionForm | None, status: int = HTTPStatus.OK) -> HttpResponse:
    filters = read_filters(request.GET)
    before, after = _neighbours(request, found)
    chain.record_read(request.user.username, "case.read", subject=found.application.public_id)
    context = context_of(found) | {
        "form": form,
        "unmask_form": UnmaskForm(),
        "query": query_of(filters),
        "inbox_url": reverse("approvals:inbox") + query_of(filters),
        "previous_url": _address(request, before.application.public_id) if before else "",
        "next_url": _address(request, after.application.public_id) if after else "",
    }
    return render(request, "approvals/review.html", context, status=status)


def _neighbours(request: HttpRequest, found: Review) -> tuple[inbox.Row | None, inbox.Row | None]:
    item = found.seat.item
    if item is None:
        return None, None
    return inbox.neighbours(request.user, timezone.now(), read_filters(request.GET), item)


def _decide(request: HttpRequest, found: Review, form: DecisionForm) -> HttpResponse:
    """Act; errors come back on the same page with everything that was typed."""
    if not form.is_valid():
        return _page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    _before, after = _neighbours(request, found)
    said, version = form.said(), form.cleaned_data["version"]
    try:
        decide.act(request.user, found.seat.item.pk, said, timezone.now(), version=version)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as conflict:
        return _conflict(request, found.application, conflict, said.text)
    outcome = Opinion.Outcome(said.outcome).label
    done = _("已办理 %(number)s：%(outcome)s。") % {"number": found.application.number, "outcome": outcome}
    messages.success(request, done)
    if after:
        return redirect(_address(request, after.application.public_id))
    return redirect(reverse("approvals:inbox") + query_of(read_filters(request.GET)))


def _refused(request: HttpRequest, found: Review) -> HttpResponse:
    """Somebody sends a form that the page no longer offers: say who was first, or why it is not theirs."""
    item = WorkItem.objects.filter(pk=_wanted(request), case_id=found.application.pk).select_related("owner").first()
    try:
        if item is not None:
            decide.check_open(item, request.user, timezone.now())
        raise Conflict(found.seat.why_not)
    except Conflict as conflict:
        return _conflict(request, found.application, conflict, request.POST.get("text", ""))


def _conflict(request: HttpRequest, application: Application, conflict: Conflict, typed: str) -> HttpResponse:
    """Who did what and when, and the words that were not sent, to be copied."""
    latest = application.opinions.select_related("official", "office").order_by("-pk").first()
    context = {
        "application": application,
        "message": conflict.message,
        "latest": latest,
        "typed": typed,
        "again_url": _address(request, application.public_id),
        "inbox_url": reverse("approvals:inbox") + query_of(read_filters(request.GET)),
    }
    return render(request, "approvals/conflict.html", context, status=HTTPStatus.CONFLICT)
