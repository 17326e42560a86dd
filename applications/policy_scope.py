"""What editors and publishers of policy see of cases: what lies in the divisions of their offices, and no more."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from applications.models.what_if import WhatIfRun
from people.models import Division, User
from people.posts import holds, posts_of
from people.refusals import NotFound
from people.roles import ROLE_PERMISSIONS
from schemes.models import Proposal

EDITOR, PUBLISHER = "policy_editor", "policy_publisher"
NATION = "0"
# The kinds of drafts that change how cases come out.
TRIED = frozenset({"value", "confirmation", "version"})
COLUMNS = ("", "county_id", "prefecture_id", "province_id")


def divisions_of(user: User, at: datetime, *roles: str) -> list[Division]:
    """The divisions of the offices where the user edits or publishes policy then, the widest only."""
    wanted = roles or (EDITOR, PUBLISHER)
    held = [post for post in posts_of(user, at) if post.role in wanted and _may(user, post, at)]
    found = {post.office.division_id: post.office.division for post in held}
    return [one for one in found.values() if not any(wide.contains(one) for wide in found.values() if wide != one)]


def _may(user: User, post, at: datetime) -> bool:
    return all(
        holds(user, post.role, post.office, permission, at) for permission in sorted(ROLE_PERMISSIONS[post.role])
    )


def reach_of(user: User, proposal: Proposal, at: datetime) -> list[str]:
    """The divisions (codes) whose cases the user may try a proposal on.

    A value reaches its division, which must lie in one of the user's; a version reaches everything, and is tried on
    the user's divisions. Raises NotFound for everybody else.
    """
    mine = divisions_of(user, at)
    if proposal.division_id is None:
        codes = sorted(one.pk for one in mine)
    else:
        codes = [proposal.division_id] if any(one.contains(proposal.division) for one in mine) else []
    if not codes:
        raise NotFound()
    return codes


def proposal_of(user: User, pk: int, at: datetime) -> tuple[Proposal, list[str]]:
    """A proposal and the divisions it may be tried on. Raises NotFound."""
    proposals = Proposal.objects.select_related("division", "clause__document")
    proposal = proposals.filter(pk=pk, scheme__isnull=False).first()
    if proposal is None or proposal.kind not in TRIED:
        raise NotFound()
    return proposal, reach_of(user, proposal, at)


def run_of(user: User, pk: int, at: datetime | None = None) -> WhatIfRun:
    """A run all of whose divisions lie in the user's. Raises NotFound."""
    run = WhatIfRun.objects.select_related("proposal__division", "started_by").filter(pk=pk).first()
    if run is None or not covers(divisions_of(user, at or timezone.now()), run.divisions):
        raise NotFound()
    return run


def covers(mine: list[Division], codes: list[str]) -> bool:
    """Whether every division of the codes lies in one of mine."""
    wanted = Division.objects.in_bulk(codes)
    return bool(codes) and all(code in wanted and any(one.contains(wanted[code]) for one in mine) for code in codes)


def in_divisions(codes: list[str]) -> Q:
    """The condition that a case lies in one of the divisions."""
    if NATION in codes:
        return Q()
    return Q(*[(f"division__{column or 'code'}__in", codes) for column in COLUMNS], _connector=Q.OR)
