"""Whose hands a work item may come into: colleagues of the same post, the office above, seats and readers in line."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications import door
from applications.kept_out import barred_of, recused_of
from applications.models import Application
from approvals import reopening
from approvals.seats import other_hand
from approvals.signing.signatures import other_hand_of
from people import grants
from people.models import Division, Office, Post, User
from people.posts import holds, in_force, standing
from people.roles import DESK_ROLES, STAGE_PERMISSION
from workflows.models import WorkItem

REVIEWER = "reviewer"


def works_there(user: User, item: WorkItem, at: datetime) -> bool:
    """Whether the user holds the post an item waits for, or was lent it, whatever keeps them from this case."""
    permission = STAGE_PERMISSION[item.kind]
    return standing(user, item.queue.role, item.queue.office, permission, at, item.scheme) is not None


def supervises(user: User, application: Application, office: Office, at: datetime) -> bool:
    """Whether the user oversees an office's work in this case: never in one of their own or a relative's."""
    return holds(user, "supervisor", office, "manage_work", at) and not door.recused(application, user)


def why_barred(user: User, application: Application, item: WorkItem) -> str:
    """What keeps an official from an item though they hold the post, "" for nothing."""
    return door.barred_from(application, user, item.stage) or _spoken(item, user)


def _spoken(item: WorkItem, user: User) -> str:
    return other_hand(item, user) or other_hand_of(item, user)


def why_not_to(user: User, application: Application, item: WorkItem, at: datetime) -> str:
    """What keeps an item from being given to somebody who holds the post, "" for nothing."""
    return why_barred(user, application, item) or reopening.other_must_act(item, user, at)


def colleagues(
    application: Application, item: WorkItem, at: datetime, office: Office | None = None, but: Iterable[User] = ()
) -> list[User]:
    """Who could act on an item, by name: at its own office, or at another one in the same role."""
    office, left_out = office or item.queue.office, {user.pk for user in but}
    found = [user for user in _holders(office, item.queue.role, at) if user.pk not in left_out]
    allowed = grants.holders(STAGE_PERMISSION[item.kind], [office])
    left_out |= barred_of(application, found, item.stage)
    able = [user for user in found if (user.pk, office.pk) in allowed and user.pk not in left_out]
    return [user for user in able if not (_spoken(item, user) or reopening.other_must_act(item, user, at))]


def office_above(application: Application, item: WorkItem, at: datetime) -> Office | None:
    """The nearest office of the same function above the item's, where somebody of the same role may act."""
    office = item.queue.office
    for code in reversed(office.division.lineage[:-1]):
        above = Office.objects.select_related("division").filter(division_id=code, function=office.function).first()
        if above is not None and colleagues(application, item, at, above):
            return above
    return None


def seat_offices(application: Application, item: WorkItem, at: datetime) -> list[tuple[Office, list[User]]]:
    """The offices that can be asked for a further seat, each with the reviewers who could take it.

    Those of the case's county and the ones above it in line. Whoever sits at the stage already is asked no second time.
    """
    sitting = set(WorkItem.objects.filter(task=item.task_id, owner__isnull=False).values_list("owner", flat=True))
    posts = _posts(Q(role=REVIEWER), at).filter(office__in=line_of(application))
    posts = list(posts.order_by("office__division_id", "office_id", "user__full_name", "user_id"))
    allowed = grants.holders(STAGE_PERMISSION["countersign"], {post.office for post in posts})
    barred = sitting | barred_of(application, {post.user for post in posts}, item.stage)
    found: dict[Office, list[User]] = {}
    for post in posts:
        if post.user_id not in barred and (post.user_id, post.office_id) in allowed:
            found.setdefault(post.office, []).append(post.user)
    return list(found.items())


def readers(application: Application, at: datetime, but: User) -> list[User]:
    """The officials a case may be copied to: case posts of its county or above it in line, no party, no relative."""
    posts = _posts(Q(role__in=DESK_ROLES), at).filter(office__in=line_of(application)).exclude(user=but)
    people = {post.user_id: post.user for post in posts.order_by("user__full_name", "user_id")}
    recused = recused_of(application, people.values())
    return [user for pk, user in people.items() if pk not in recused]


def line_of(application: Application) -> QuerySet[Office]:
    """The offices of a case's county, its townships included, and those above it up to the province."""
    division = application.division
    county = division.at_level("county") or division.pk
    above = [code for code in (division.at_level("prefecture"), division.at_level("province")) if code]
    inside = Division.objects.filter(Q(pk=county) | Q(county_id=county))
    return Office.objects.filter(Q(division__in=inside) | Q(division_id__in=above))


def _holders(office: Office, role: str, at: datetime) -> list[User]:
    posts = _posts(Q(office=office, role=role), at).order_by("user__full_name", "user_id")
    return list({post.user_id: post.user for post in posts}.values())


def _posts(wanted: Q, at: datetime) -> QuerySet[Post]:
    posts = Post.objects.filter(wanted, in_force(timezone.localdate(at)), user__is_active=True)
    return posts.select_related("user", "office__division")
