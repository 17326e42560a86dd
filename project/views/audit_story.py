"""The story of a case as the auditor reads it: what was done and said, with the words, and who has read the case."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.models import Application
from approvals import together
from approvals.complaints import told
from approvals.history.entries import Entry
from approvals.history.story import history_of
from audit import chain
from people.access import official_required
from people.refusals import NotFound
from project import audit_scope
from project.audit_scope import AUDITOR, CASE
from project.audit_search import lines_of


@official_required(AUDITOR)
@never_cache
@require_safe
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    """One case of the auditor's division, round by round. Reading it is on record first."""
    codes = audit_scope.codes_of(request.user)
    related = ("scheme_version", "data_key")
    application = audit_scope.cases_in(codes).select_related(*related).filter(public_id=public_id).first()
    if application is None:
        raise NotFound()
    chain.record_read(request.user.username, "story.read", subject=public_id)
    context = {
        "application": application,
        "rounds": history_of(application, application.definition, _beside(application)),
        "readings": lines_of(audit_scope.readings_of(audit_scope.trail_of(codes, CASE, public_id)), codes),
    }
    return render(request, "audit/story.html", context)


def _beside(application: Application) -> Iterator[tuple[int, Entry]]:
    """What officials kept beside the case, and what was complained of."""
    yield from together.for_audit(application, timezone.now())
    yield from told.complaints(application)
