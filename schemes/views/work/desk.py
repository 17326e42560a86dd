"""政策工作台: what waits for me, what I have drafted, what was decided, what ends, what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import Division, User
from schemes.models import PolicyDocument, Proposal, current_versions
from schemes.publication import policy_scope
from schemes.publication.policy_endings import WARNING_DAYS, Ending, endings
from schemes.publication.policy_gaps import gaps
from schemes.publication.policy_scope import EDITOR, PUBLISHER
from schemes.views.words import full_names
from schemes.views.work.shared import at_the_desk, people_named, title_under
from schemes.words.scheme_values import SchemeValues

RECENT, MOST_OWN = 20, 100
State = Proposal.State


@dataclass(frozen=True)
class Row:
    """A proposal in a list."""

    proposal: Proposal
    title: str
    place: str
    author: str
    decider: str


@dataclass(frozen=True)
class GapRow:
    """A scheme that stays closed, and each assumed value with the way to confirm it."""

    scheme: str
    place: str
    values: list[dict[str, str]]


@at_the_desk
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The desk. Policy is no personal data: reading leaves no event."""
    user, at = request.user, timezone.now()
    today = timezone.localdate(at)
    edits, publishes = policy_scope.homes(user, EDITOR, at), policy_scope.homes(user, PUBLISHER, at)
    homes = [*edits, *publishes]
    visible = policy_scope.proposals_for(user, at).select_related("division")
    context = {
        "edits": bool(edits),
        "publishes": bool(publishes),
        "homes": list({home.pk: home for home in homes}.values()),
        "waiting": rows_of(_waiting_for(user, visible, at)),
        "own": rows_of(_own(user, visible)),
        "decided": rows_of(_decided(visible)),
        "endings": _ending_rows(endings(homes, today)),
        "gaps": gap_rows(homes, today),
        "warning_days": WARNING_DAYS,
        "demo": settings.DEMO,
    }
    return render(request, "schemes/work/desk.html", context)


def _waiting_for(user: User, visible: QuerySet[Proposal], at: datetime) -> list[Proposal]:
    """Submitted by somebody else, within what the user may publish; the longest waiting first."""
    rows = visible.filter(state=State.SUBMITTED).exclude(proposed_by=user.username).order_by("submitted_at")
    return policy_scope.publishable(user, rows, at)


def _own(user: User, visible: QuerySet[Proposal]) -> list[Proposal]:
    """Drafts, what waits for another, and what came back and was not drafted anew; the latest of them."""
    states = [State.DRAFT, State.SUBMITTED, State.REJECTED]
    rows = visible.filter(proposed_by=user.username, state__in=states)
    return list(rows.filter(revisions__isnull=True).order_by("-pk")[:MOST_OWN])


def _decided(visible: QuerySet[Proposal]) -> list[Proposal]:
    return list(visible.filter(decided_at__isnull=False).order_by("-decided_at")[:RECENT])


def rows_of(proposals: Iterable[Proposal]) -> list[Row]:
    """Proposals with everything a list shows."""
    proposals = list(proposals)
    places = full_names([one.division for one in proposals if one.division])
    names = people_named(name for one in proposals for name in (one.proposed_by, one.decided_by))
    versions = {version.scheme_id: version for version in current_versions({one.scheme_id for one in proposals})}
    return [
        Row(
            proposal=one,
            title=title_under(one, versions.get(one.scheme_id)),
            place=places.get(one.division_id, "") if one.division_id else "",
            author=names.get(one.proposed_by, one.proposed_by),
            decider=names.get(one.decided_by, one.decided_by),
        )
        for one in proposals
    ]


def _ending_rows(found: list[Ending]) -> list[dict]:
    titles = {version.scheme_id: str(version.definition.title) for version in current_versions()} if found else {}
    return [
        {
            "document": ending.document,
            "days": ending.days,
            "over": ending.days < 0,
            "schemes": [titles.get(code, code) for code in ending.open_schemes],
        }
        for ending in found
    ]


def gap_rows(homes: list[Division], on: date) -> list[GapRow]:
    """What stands in the way in the home divisions and in those of them that have documents."""
    with_policy = PolicyDocument.objects.values("division_id")
    places = Division.objects.filter(policy_scope.inside_itself(homes), pk__in=with_policy) if homes else []
    divisions = list({place.pk: place for place in [*homes, *places]}.values())
    names = full_names(divisions)
    return [
        GapRow(
            scheme=str(gap.version.definition.title),
            place=names[gap.division.pk],
            values=[_gap_value(gap.version.scheme_id, gap.division.pk, gap.version.definition, n) for n in gap.names],
        )
        for gap in gaps(current_versions(), divisions, on)
    ]


def _gap_value(scheme: str, division: str, definition, name: str) -> dict[str, str]:
    address = reverse("policy_work:value", args=[scheme, division, name])
    return {"label": SchemeValues(definition).label(name), "url": f"{address}?confirm=1"}
