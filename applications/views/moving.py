"""Running cases and the versions of their schemes: what differs, what moving would change, and moving them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import moving
from applications.models import Application
from applications.moving_preview import Previewing, counts, movable, name_of, running
from applications.policy_scope import divisions_of
from applications.states import State
from audit import chain
from people.access import official_required
from people.refusals import NotFound, Refused
from schemes.models import SchemeVersion, current_version, current_versions
from schemes.publication.policy_scope import PUBLISHER, inside
from schemes.words.version_changes import changes_between
from schemes.words.version_labels import CODES

CASES_A_PAGE = 30
LONGEST_KEY = 18


@dataclass(frozen=True)
class Moved:
    """What became of one chosen case: what it is called, and why not where it was not moved."""

    name: str
    refusal: str


@official_required(PUBLISHER)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every older version that still has running cases in the reader's divisions. Counts only: no read event."""
    within = _within(request)
    current = {version.scheme_id: version for version in current_versions()}
    older = [one for one in SchemeVersion.objects.order_by("scheme_id", "-number") if _is_older(one, current)]
    found = counts(older, within)
    rows = [_row(one, current[one.scheme_id], found[one.pk]) for one in older if one.pk in found]
    return render(request, "applications/moving/index.html", {"rows": rows})


def _is_older(version: SchemeVersion, current: dict[str, SchemeVersion]) -> bool:
    return version.scheme_id in current and version.number < current[version.scheme_id].number


def _row(version: SchemeVersion, current: SchemeVersion, by_state: dict[str, int]) -> dict[str, Any]:
    return {
        "version": version,
        "current": current,
        "title": str(current.definition.title),
        "drafts": by_state.get(State.DRAFT, 0),
        "submitted": by_state.get(State.SUBMITTED, 0),
        "others": sum(number for state, number in by_state.items() if state not in moving.MOVABLE),
    }


@official_required(PUBLISHER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, scheme: str, number: int) -> HttpResponse:
    """What the current version changes against an older one, and the cases that can be moved; POST moves the chosen."""
    at = timezone.now()
    target, before = _versions(scheme, number)
    moved = _move_chosen(request, target, at) if request.method == "POST" else None
    within = _within(request)
    after = _after(request)
    rows = movable(before, within, after, CASES_A_PAGE + 1)
    previewing = Previewing(before, target, timezone.localdate(at))
    shown = [previewing.preview(row) for row in rows[:CASES_A_PAGE]]
    data = {"scheme": scheme, "version": number, "count": len(shown)}
    chain.record_read(request.user.username, "moving.read", subject=scheme, data=data)
    context = {
        "before": before,
        "current": target,
        "title": str(target.definition.title),
        "rule": str(CODES["transition"][target.definition.transition]),
        "sections": changes_between(before.definition, target.definition),
        "previews": shown,
        "can_move": any(not one.barrier for one in shown),
        "kept": _kept(before, within),
        "unplaced": running(before, Q(division=None)).filter(state=State.DRAFT).count(),
        "moved": moved,
        "refused": [one for one in moved or [] if one.refusal],
        "first_url": request.path if after else "",
        "next_url": f"?after={rows[CASES_A_PAGE - 1].pk}" if len(rows) > CASES_A_PAGE else "",
    }
    return render(request, "applications/moving/version.html", context)


def _within(request: HttpRequest) -> Q:
    """The condition that a case lies where the reader publishes."""
    return inside("division", divisions_of(request.user, timezone.now(), PUBLISHER))


def _versions(scheme: str, number: int) -> tuple[SchemeVersion, SchemeVersion]:
    """The current version and an older one. Raises NotFound."""
    target = current_version(scheme)
    before = SchemeVersion.objects.filter(scheme=scheme, number=number).first()
    if target is None or before is None or before.number >= target.number:
        raise NotFound()
    return target, before


def _after(request: HttpRequest) -> int:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST_KEY else 0


def _kept(version: SchemeVersion, within: Q) -> list[dict[str, Any]]:
    """The cases that stay with their version: how many in each state, and why."""
    by_state = counts([version], within).get(version.pk, {})
    return [
        {"state": str(State(state).label), "count": number, "why": str(moving.WHY_NOT[state])}
        for state, number in sorted(by_state.items())
        if state in moving.WHY_NOT
    ]


def _move_chosen(request: HttpRequest, target: SchemeVersion, at: datetime) -> list[Moved]:
    """Move each chosen case in a transaction of its own; a result a row."""
    chosen = [choice.partition(":") for choice in request.POST.getlist("case")[:CASES_A_PAGE]]
    tokens = {public_id: int(token[:9]) for public_id, _colon, token in chosen if token.isascii() and token.isdecimal()}
    mine = Application.objects.filter(_within(request), public_id__in=tokens)
    names = {application.public_id: name_of(application) for application in mine}
    return [
        Moved(names[public_id], _move_one(request, public_id, tokens[public_id], target, at)) for public_id in names
    ]


def _move_one(request: HttpRequest, public_id: str, token: int, target: SchemeVersion, at: datetime) -> str:
    """Why a case was not moved, "" when it was."""
    try:
        moving.move(request.user, public_id, target, at, version=token)
    except Refused as refusal:
        return str(refusal.message)
    return ""
