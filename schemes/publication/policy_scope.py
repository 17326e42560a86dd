"""Who may draft and publish policy, and who sees which proposal.

An editor or publisher acts for the division of the office at which the post is held, and for those in it: nation and
provinces need an office there. A scheme's version reaches every place that has a clause on it; any editor proposes
one, but the publisher's office must stand over all those places.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F, Q, QuerySet

from people import grants
from people.models import Division, User
from people.posts import posts_of
from schemes.models import Proposal

EDITOR, PUBLISHER = "policy_editor", "policy_publisher"
PERMISSION = {EDITOR: "edit_policy", PUBLISHER: "publish_policy"}
NATION = "0"
# What nobody but its author sees.
PRIVATE_STATES = (Proposal.State.DRAFT, Proposal.State.WITHDRAWN)

# What changes a scheme changes it in every place that offers it.
REACHING_FAR = (Proposal.Kind.VERSION, Proposal.Kind.PACKAGE)


def homes(user: User, role: str, at: datetime) -> list[Division]:
    """The divisions for which the user holds the role at that time, with the permission that goes with it."""
    posts = [post for post in posts_of(user, at) if post.role == role]
    if not posts:
        return []
    granted = set(grants.offices_where(user, PERMISSION[role]).values_list("pk", flat=True))
    return list({post.office.division_id: post.office.division for post in posts if post.office_id in granted}.values())


def covers(divisions: Iterable[Division], place: Division) -> bool:
    """Whether a division lies in one of them."""
    return any(one.contains(place) for one in divisions)


def may_edit(user: User, place: Division, at: datetime) -> bool:
    """Whether the user may draft documents and values of a division."""
    return covers(homes(user, EDITOR, at), place)


def may_publish(user: User, proposal: Proposal, at: datetime) -> bool:
    """Whether the proposal lies within what the user may publish; whose it is, is another question."""
    return bool(publishable(user, [proposal], at))


def publishable(user: User, proposals: Iterable[Proposal], at: datetime) -> list[Proposal]:
    """Those of the proposals that lie within what the user may publish: of a version or package, every division with a
    clause on the scheme must. As many queries for many as for one.
    """
    own, proposals = homes(user, PUBLISHER, at), list(proposals)
    if not own:
        return []
    offering = _offering({one.scheme_id for one in proposals if one.kind in REACHING_FAR})
    return [one for one in proposals if all(covers(own, place) for place in _reach_of(one, offering))]


def _offering(schemes: set[str]) -> dict[str, list[Division]]:
    """The divisions that have a clause on each of these schemes."""
    scheme = F("policy_documents__clauses__scheme")
    rows = Division.objects.filter(policy_documents__clauses__scheme__in=schemes).annotate(offered=scheme).distinct()
    found: dict[str, list[Division]] = {}
    for division in rows if schemes else []:
        found.setdefault(division.offered, []).append(division)
    return found


def _reach_of(proposal: Proposal, offering: Mapping[str, list[Division]]) -> list[Division]:
    own = [proposal.division] if proposal.division else []
    return own + offering.get(str(proposal.scheme_id), []) if proposal.kind in REACHING_FAR else own


def proposals_for(user: User, at: datetime) -> QuerySet[Proposal]:
    """What the user may see: all of one's own; of others what was submitted, in one's divisions, and all versions."""
    own = [*homes(user, EDITOR, at), *homes(user, PUBLISHER, at)]
    if not own:
        return Proposal.objects.none()
    reachable = Q(kind=Proposal.Kind.VERSION) | inside("division", own)
    return Proposal.objects.filter(Q(proposed_by=user.username) | (~Q(state__in=PRIVATE_STATES) & reachable))


def inside(path: str, divisions: Iterable[Division]) -> Q:
    """The condition that the division at `path` is one of them or lies in one."""
    return _within(f"{path}__", divisions)


def inside_itself(divisions: Iterable[Division]) -> Q:
    """The same for divisions themselves."""
    return _within("", divisions)


def _within(start: str, divisions: Iterable[Division]) -> Q:
    codes = [division.pk for division in divisions]
    if NATION in codes:
        return Q(**{f"{start}code__isnull": False})
    levels = ("code", "county_id", "prefecture_id", "province_id")
    return Q(*[(f"{start}{level}__in", codes) for level in levels], _connector=Q.OR)
