"""Finance reviews how places are split. Never whoever asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import QuotaShare
from papers import numbering
from payouts import reviewing
from payouts.quotas import standing
from payouts.quotas.asking import no_room, request_of
from people.models import User
from people.refusals import Conflict


def approve(user: User, pk: int, at: datetime) -> QuotaShare:
    """Give the places, or take them back.

    Raises NotFound, Refused for whoever asked or is no checker, Conflict where it was decided already, the quota is
    gone, or too few places are left by now.
    """
    with transaction.atomic():
        request = reviewing.open_waiting(user, request_of(user, pk, at), at)
        _check(request, at)
        request.approve(user, at)
        request.save()
        data = {"to": request.to_division_id, "places": request.places}
        reviewing.record(request, "quota.approved", user, at, data)
    return request


def refuse(user: User, pk: int, note: str, at: datetime) -> QuotaShare:
    """Say no, and why. Raises as `approve` does, Invalid without a reason."""
    return reviewing.refuse(user, request_of(user, pk, at), note, at, action="quota.refused")


def _check(request: QuotaShare, at: datetime) -> None:
    """The places are there still: the counters they come from are locked, no grant takes one meanwhile."""
    quota = standing.quota_in(request.division, request.scheme_code, request.year, at)
    if quota is None or quota.division.pk != request.division_id:
        raise Conflict(_("政策已不再规定这项名额。请不予批准。"), code="no_quota")
    for key in sorted({quota.rest.key, quota.of(request.to_division_id).key}):
        numbering.hold(key)
    current = standing.quota_in(request.division, request.scheme_code, request.year, at)
    if words := no_room(current or quota, request.to_division_id, request.places):
        raise Conflict(words, code="no_room")
