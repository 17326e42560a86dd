"""What editors and publishers of policy see of cases: what lies in the divisions of their offices, and no more."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from applications.models.what_if import WhatIfRun
from people.models import Division, User
from people.refusals import NotFound
from schemes.models import Proposal
from schemes.publication.policy_scope import EDITOR, PUBLISHER, covers, homes, inside, proposals_for

# The kinds of drafts that change how cases come out.
TRIED = (Proposal.Kind.VALUE, Proposal.Kind.CONFIRMATION, Proposal.Kind.VERSION)


def divisions_of(user: User, at: datetime, *roles: str) -> list[Division]:
    """The divisions of the offices where the user holds one of the roles then (either, if none is named)."""
    held = [division for role in roles or (EDITOR, PUBLISHER) for division in homes(user, role, at)]
    found = {division.pk: division for division in held}.values()
    return [one for one in found if not covers((wide for wide in found if wide != one), one)]


def proposal_of(user: User, pk: int, at: datetime) -> tuple[Proposal, list[str]]:
    """A proposal and the divisions (codes) whose cases the user may try it on. Raises NotFound for everybody else.

    A value reaches its division, which must lie in one of the user's; a version reaches everything, and is tried on
    the user's divisions.
    """
    proposals = proposals_for(user, at).select_related("division", "clause__document")
    proposal, mine = proposals.filter(pk=pk, kind__in=TRIED).first(), divisions_of(user, at)
    if proposal is None or not (proposal.division is None or covers(mine, proposal.division)):
        raise NotFound()
    return proposal, [proposal.division_id] if proposal.division else sorted(one.pk for one in mine)


def run_of(user: User, pk: int, at: datetime | None = None) -> WhatIfRun:
    """A run of a draft the user may see, all of whose divisions lie in the user's. Raises NotFound."""
    at = at or timezone.now()
    runs = WhatIfRun.objects.select_related("proposal__division", "started_by")
    run = runs.filter(pk=pk, proposal__in=proposals_for(user, at)).first()
    if run is None or not covers_codes(divisions_of(user, at), run.divisions):
        raise NotFound()
    return run


def covers_codes(mine: list[Division], codes: list[str]) -> bool:
    """Whether every division of the codes lies in one of mine."""
    wanted = Division.objects.in_bulk(codes)
    return bool(codes) and all(code in wanted and covers(mine, wanted[code]) for code in codes)


def in_divisions(codes: list[str]) -> Q:
    """The condition that a case lies in one of the divisions."""
    return inside("division", list(Division.objects.filter(pk__in=codes)))
