"""Letters of authority for officials who have the organisation's cases: read, and confirmed by a second person."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import chain
from helping.forms.letters import CONFIRM, RulingForm
from helping.models import OrganisationLetter
from helping.organisations import bringing, ruling, shown
from helping.views import scans
from people.access import official_required
from people.forms import tried
from people.roles import CASE_ROLES

MOST = 50
REVOKE = "revoke"


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The letters of organisations whose cases the official sees, those that wait first; the reading is recorded."""
    at = timezone.now()
    found = ruling.letters_for(request.user, at)
    waiting = [shown.told_of(one, at) for one in found.filter(ruling__isnull=True, end__isnull=True)[:MOST]]
    ruled = [shown.told_of(one, at) for one in found.filter(ruling__isnull=False).order_by("-pk")[:MOST]]
    chain.record_read(request.user.username, "letters.listed", data={"count": len(waiting) + len(ruled)})
    return render(request, "helping/organisations/letters.html", {"waiting": waiting, "ruled": ruled})


@official_required(*CASE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, letter: uuid.UUID) -> HttpResponse:
    """One letter: what it says, and the official's word on it; the reading is recorded."""
    at, user = timezone.now(), request.user
    found = ruling.letter_for(user, letter, at)
    if REVOKE in request.POST:
        ruling.revoke(user, letter, at)
        messages.success(request, _("已经按单位的要求停止。"))
        return redirect("helping:letter", letter)
    form = RulingForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: _rule(request, letter, given))
    if came.done:
        messages.success(request, _("核对的结果已经登记。"))
        return redirect("helping:letter", letter)
    chain.record_read(user.username, "letter.read", data={"letter": str(found.public_id)})
    told = shown.told_of(found, at)
    others, may = shown.of_organisation(found.organisation, at), ruling.may_rule(user, found, at)
    context = {"told": told, "form": form, "may": may, "others": others}
    return render(request, "helping/organisations/letter.html", context, status=came.status)


def _rule(request: HttpRequest, public_id: uuid.UUID, given: dict[str, str]) -> object:
    at = timezone.now()
    if given["outcome"] == CONFIRM:
        return ruling.confirm(request.user, public_id, at)
    return ruling.refuse(request.user, public_id, given["reason"], at)


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def scan(request: HttpRequest, letter: uuid.UUID) -> HttpResponse:
    """The paper, as a download."""
    return scan_response(request, ruling.letter_for(request.user, letter, timezone.now()))


def scan_response(request: HttpRequest, found: OrganisationLetter) -> HttpResponse:
    """The scan of a letter the reader may see; the reading is recorded. Raises Conflict where it cannot be opened."""
    chain.record_read(request.user.username, "letter.scan_read", data={"letter": str(found.public_id)})
    return scans.download(found, bringing.scan_of)
