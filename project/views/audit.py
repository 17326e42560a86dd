"""审计: searching events, the trail of one stream, its verification, the anchors. Reading is itself on record."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit import chain
from audit.models import Anchor, Event, StreamHead
from audit.verify import verify_stream
from people.access import official_required
from project import audit_scope
from project.audit_scope import AUDITOR, Trail
from project.audit_search import EVENTS_A_PAGE, SearchForm, lines_of, search
from project.audit_words import fault_words

ANCHORS_A_PAGE = 50


@official_required(AUDITOR)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Events within the auditor's division, newest first."""
    codes = audit_scope.codes_of(request.user)
    form = SearchForm(request.GET or None)
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    events = search(audit_scope.events_in(codes), asked)
    before = _number(request, "before")
    found = list((events.filter(pk__lt=before) if before else events)[: EVENTS_A_PAGE + 1])
    shown = found[:EVENTS_A_PAGE]
    chain.record_read(request.user.username, "audit.read", data={"count": len(shown), "filters": sorted(asked)})
    more = f"?{_query(request, before=shown[-1].pk)}" if len(found) > EVENTS_A_PAGE else ""
    newest = f"?{_query(request, before='')}" if before else ""
    context = {"form": form, "asked": asked, "lines": lines_of(shown, codes), "next_url": more, "first_url": newest}
    return render(request, "audit/index.html", context)


@official_required(AUDITOR)
@never_cache
@require_safe
def trail(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One stream from its first event on, who has read it, and when it was last verified."""
    codes = audit_scope.codes_of(request.user)
    found = audit_scope.trail_of(codes, kind, key)
    chain.record_read(request.user.username, "trail.read", subject=found.subject, data={"stream": found.stream})
    after = _number(request, "after")
    rows = Event.objects.filter(stream=found.stream, seq__gt=after).order_by("seq")[: EVENTS_A_PAGE + 1]
    events = list(rows)
    context = {
        "trail": found,
        "lines": lines_of(events[:EVENTS_A_PAGE], codes),
        "next_url": f"?after={events[EVENTS_A_PAGE - 1].seq}" if len(events) > EVENTS_A_PAGE else "",
        "first_url": "?" if after else "",
        "readings": lines_of(audit_scope.readings_of(found), codes),
        "verified": lines_of(_verifications(found), codes),
    }
    return render(request, "audit/trail.html", context)


@official_required(AUDITOR)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk one stream now; the result is put on record and shown on the trail's page."""
    kind, _colon, key = request.POST.get("stream", "").partition(":")
    found = audit_scope.trail_of(audit_scope.codes_of(request.user), kind, key or kind)
    verdict = verify_stream(found.stream)
    result = {"stream": found.stream, "events": verdict.events, "fault": str(verdict.fault or "")}
    chain.append(
        f"reader:{request.user.username}",
        "trail.verified",
        actor=request.user.username,
        at=timezone.now(),
        subject=found.subject,
        data=result,
    )
    if verdict.fault:
        messages.error(request, _("校验没有通过：%(fault)s") % {"fault": fault_words(verdict.fault)})
    else:
        messages.success(request, _("校验通过：%(events)s条记录前后衔接，内容没有改动。") % {"events": verdict.events})
    return redirect("audit:trail", found.kind, found.key)


@official_required(AUDITOR)
@never_cache
@require_safe
def anchors(request: HttpRequest) -> HttpResponse:
    """The anchors, newest first: counts and hashes, nobody's data."""
    before = _number(request, "before")
    rows = Anchor.objects.annotate(ends=Count("heads")).order_by("-seq")
    found = list((rows.filter(seq__lt=before) if before else rows)[: ANCHORS_A_PAGE + 1])
    waiting = StreamHead.objects.filter(seq__gt=F("anchored_seq")).count()
    more = f"?before={found[ANCHORS_A_PAGE - 1].seq}" if len(found) > ANCHORS_A_PAGE else ""
    context = {"anchors": found[:ANCHORS_A_PAGE], "waiting": waiting, "next_url": more}
    return render(request, "audit/anchors.html", context)


def _verifications(found: Trail) -> list[Event]:
    """The last verification of what the trail is about, if any."""
    asked = Event.objects.filter(subject=found.subject, action="trail.verified")
    return list(asked.order_by("-id")[:1]) if found.subject else []


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _query(request: HttpRequest, **changes: Any) -> str:
    """The present filters with some changed; empty ones are left out."""
    parts = request.GET.dict() | changes
    return urlencode({name: value for name, value in parts.items() if value})
