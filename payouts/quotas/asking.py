"""Asking that places go to a county, or come back from it. Somebody else, of finance, decides."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import QuotaShare
from payouts import scope
from payouts.budgeting import who
from payouts.quotas import standing
from payouts.quotas.standing import Quota
from payouts.reviewing import keep
from people.finding import one_of
from people.models import Division, Office, User
from people.refusals import Conflict, Invalid

LONGEST_REASON = 500


@dataclass(frozen=True)
class Asked:
    """What is asked: how many places of a scheme's year go to a county (below zero: come back), and why."""

    scheme: str
    year: int
    to: str
    places: int
    reason: str


def ask(user: User, office_id: int, asked: Asked, at: datetime) -> QuotaShare:
    """Write down what an office asks for.

    Raises NotFound for an office that is not the user's, Invalid for what is missing or more than is left, Conflict
    while a request for the same county waits.
    """
    office = who.asking_office(user, office_id, at)
    quota = _quota(office, asked, at)
    _check_place(office, quota, asked)
    if words := no_room(quota, asked.to, asked.places):
        raise Invalid(errors={"places": words}, code="no_room")
    return _written(user, office, quota, asked, at)


def places_for(office: Office) -> list[Division]:
    """For which places an office may ask: its own and those next below it."""
    below = Division.objects.filter(parent=office.division_id, retired=False).order_by("pk")
    return [office.division, *below]


def requests_of(user: User, at: datetime) -> QuerySet[QuotaShare]:
    """What the user's own offices asked, and what was asked of the quotas of their bureaus' divisions."""
    bureaus = {office.division_id for office in scope.finance_offices(user, at)}
    mine = Q(office__in=who.line_offices(user, at)) | Q(division__in=bureaus)
    related = ("division", "to_division", "office__division", "requested_by", "decided_by")
    return QuotaShare.objects.filter(mine).select_related(*related)


def request_of(user: User, pk: int, at: datetime) -> QuotaShare:
    """One of them. Raises NotFound."""
    return one_of(requests_of(user, at), pk=pk)


def no_room(quota: Quota, to: str, places: int) -> str:
    """Why places cannot be given or taken back, "" where they can: more than the rest has, or given away already."""
    if places > quota.rest.left:
        return _("还没有分配、也没有用掉的名额只有%(left)s名。") % {"left": quota.rest.left}
    if places < 0 and -places > quota.of(to).left:
        return _("这个地方没有用掉的名额只有%(left)s名，收回的不能更多。") % {"left": quota.of(to).left}
    return ""


def _quota(office: Office, asked: Asked, at: datetime) -> Quota:
    errors = {}
    if asked.year not in (timezone.localdate(at).year, timezone.localdate(at).year + 1):
        errors["year"] = _("年度只能是本年或者下年。")
    if not asked.places:
        errors["places"] = _("名额不能是0。")
    if not asked.reason.strip() or len(asked.reason) > LONGEST_REASON:
        errors["reason"] = _("请写明理由，不超过%(most)s字。") % {"most": LONGEST_REASON}
    if errors:
        raise Invalid(errors=errors)
    found = standing.quota_in(office.division, asked.scheme, asked.year, at)
    if found is None:
        raise Invalid(errors={"scheme": _("这个事项在这一年没有规定名额。")})
    return found


def _check_place(office: Office, quota: Quota, asked: Asked) -> None:
    """A place next below the one that has the quota, and within the reach of the office."""
    to = next((place for place in places_for(office) if place.pk == asked.to), None)
    if to is None or to.parent_id != quota.division.pk:
        words = _("名额由%(division)s分配给它的下一级。请选择其中一个地方。") % {"division": quota.division.label}
        raise Invalid(errors={"to": words})
    if not who.has_bureau(quota.division.pk):
        raise Invalid(_("%(division)s没有财政局，无人审核。请先联系管理员。") % {"division": quota.division.label})


def _written(user: User, office: Office, quota: Quota, asked: Asked, at: datetime) -> QuotaShare:
    request = QuotaShare(
        scheme_code=asked.scheme,
        division=quota.division,
        year=asked.year,
        to_division_id=asked.to,
        places=asked.places,
        reason=asked.reason.strip(),
        office=office,
        requested_by=user,
        requested_at=at,
    )
    data = {"scheme": asked.scheme, "year": asked.year, "to": asked.to, "places": asked.places}
    waits = Conflict(_("这个地方这一年的名额已经有人提出，等待审核。"), code="quota_waits")
    return keep(request, "quota.requested", data, waits=waits)
