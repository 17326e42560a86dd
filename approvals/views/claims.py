"""The periods of a benefit: the official's page, and the button by which its holder claims the next one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.naming import name_of
from applications.views.desk import applicant_page, open_desk
from approvals import review, scope
from approvals.claims.shown import periods_of
from audit import chain
from benefits.claims import following
from people.access import official_required
from people.refusals import NotFound
from people.roles import DESK_ROLES


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def periods(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entitlement with its claims; the read is recorded first."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    found = periods_of(application, scope.visible_cases(request.user, at), at)
    if found is None:
        raise NotFound()
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    context = {"application": application, "name": name_of(application), "found": found}
    return render(request, "approvals/claims/page.html", context)


@applicant_page("POST")
def claim_next(request: HttpRequest, public_id: str) -> HttpResponse:
    """申报下一期: begin the short claim from the case before, and go on with it."""
    desk = open_desk(request.user, public_id)
    draft = following.claim_next(desk.user, public_id, desk.now)
    return redirect("applications:resume", draft.public_id)
