"""What an official may see: cases that have reached an office where they hold a post. One function guards all."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from approvals.models import CaseCopy, PublicNotice
from people.areas import inside
from people.models import User
from people.posts import Standing, standings_of
from people.roles import CASE_ROLES, DESK_ROLES
from workflows.models import Queue, WorkItem

# The codes to which a delegation limits somebody; None: no limit.
Limit = frozenset[str] | None


def my_queues(user: User, at: datetime | None = None) -> list[Queue]:
    """The queues whose items the user may take, on their own posts or for colleagues who lent theirs 代理.

    Each carries `schemes`: None for all its items, or the codes to which delegations limit the user. Whoever reads
    items by these queues asks `in_queues`, which knows of that.
    """
    return _queues((one, one.post.role) for one in standings_of(user, at) if one.post.role in CASE_ROLES)


def listed_queues(user: User, at: datetime | None = None) -> list[Queue]:
    """The queues of the user's lists: those of my_queues, and all of an office the user oversees 督办.

    Each says by `own` whether the user may take its items, as those of my_queues, or only sees them.
    """
    standings = standings_of(user, at)
    own = [(one, one.post.role) for one in standings if one.post.role in CASE_ROLES]
    overseen = [(one, role) for one in standings if one.post.role in DESK_ROLES - CASE_ROLES for role in CASE_ROLES]
    queues, taken = _queues([*own, *overseen]), {(one.post.office_id, role) for one, role in own}
    for queue in queues:
        queue.own = (queue.office_id, queue.role) in taken
    return queues


def _queues(held: Iterable[tuple[Standing, str]]) -> list[Queue]:
    """The queues of standings and roles, each with the schemes to which all of them together limit the user.

    Their offices are those of the posts, which were read with them.
    """
    limits: dict[tuple[int, str], Limit] = {}
    offices, wanted = {}, Q()
    for one, role in held:
        key = (one.post.office_id, role)
        limits[key] = _wider(limits.get(key, frozenset()), one.schemes)
        offices[one.post.office_id] = one.post.office
    for office, role in limits:
        wanted |= Q(office=office, role=role)
    queues = list(Queue.objects.filter(wanted)) if limits else []
    for queue in queues:
        queue.office, queue.schemes = offices[queue.office_id], limits[queue.office_id, queue.role]
    return queues


def in_queues(queues: Iterable[Queue]) -> Q:
    """The condition that an item lies in one of these queues, and in the schemes the user has there."""
    queues = list(queues)
    whole = [queue for queue in queues if queue.schemes is None]
    wanted = Q(queue=whole[0]) if len(whole) == 1 else Q(queue__in=whole)
    for queue in queues:
        if queue.schemes is not None:
            wanted |= Q(queue=queue, scheme__in=queue.schemes)
    return wanted


def visible_cases(user: User, at: datetime | None = None) -> QuerySet[Application]:
    """Cases with an item, open or closed, at one of the user's offices, or under notice by one of them.

    Also those that were copied to the user 抄送, as long as they hold a case post in the case's county or above it. By
    delegation the cases the lender sees, of the schemes it names. Supervisors see what their office does.
    """
    offices: dict[int, Limit] = {}
    standings = standings_of(user, at)
    for one in standings:
        if one.post.role in DESK_ROLES:
            key = one.post.office_id
            offices[key] = _wider(offices.get(key, frozenset()), one.schemes)
    if not offices:
        return Application.objects.none()
    items = WorkItem.objects.filter(_there("queue__office", "scheme", offices), case_id=OuterRef("pk"))
    notices = PublicNotice.objects.filter(
        _there("office", "application__scheme_code", offices), application=OuterRef("pk")
    )
    copies = CaseCopy.objects.filter(_in_line(standings), application=OuterRef("pk"), to=user)
    return Application.objects.filter(Exists(items) | Exists(notices) | Exists(copies))


def _in_line(standings: Iterable[Standing]) -> Q:
    """The condition that a copied case is of a county where the user has a post of their own now, or lies below it."""
    own = [one.post.office.division for one in standings if one.for_user is None and one.post.role in DESK_ROLES]
    return inside("application__division", {place.at_level("county") or place.pk for place in own})


def _wider(one: Limit, other: Limit) -> Limit:
    return None if one is None or other is None else one | other


def _there(office: str, scheme: str, offices: dict[int, Limit]) -> Q:
    """The condition that something belongs to one of the offices, and to the schemes the user has there."""
    wanted = Q(**{f"{office}__in": [key for key, limit in offices.items() if limit is None]})
    for key, limit in offices.items():
        if limit is not None:
            wanted |= Q(**{office: key, f"{scheme}__in": limit})
    return wanted
