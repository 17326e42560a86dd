"""等待名单: the lists, and putting a case on one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.waiting import listing
from people.access import official_required
from people.refusals import Conflict
from people.roles import CASE_ROLES, DESK_ROLES


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Who waits, scheme by scheme: numbers and days, no names; no read event."""
    return render(request, "approvals/waiting/lists.html", {"lists": listing.lists_for(request.user, timezone.now())})


@official_required(*CASE_ROLES)
@require_POST
def enlist(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a case on the list."""
    try:
        listing.enlist(request.user, public_id, timezone.now())
    except Conflict as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, _("已列入等待名单，按受理先后办理。"))
    return redirect("approvals:review", public_id)
