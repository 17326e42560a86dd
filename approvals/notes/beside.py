"""The way in for what officials keep beside a case: whoever works at the desk of an office on the route, no party."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from applications.models import Application
from approvals import scope
from people.models import Office, User
from people.posts import holds, posts_of, standings_of
from people.refusals import NotFound, Refused
from people.roles import DESK_ROLES
from workflows.models import WorkItem

SUPERVISOR = "supervisor"


@contextmanager
def beside(user: User, public_id: str, at: datetime) -> Iterator[Case]:
    """The door to a case for a remark beside it, which says nothing on the case and takes no seat.

    Raises NotFound outside the user's offices, Refused for a party, a relative or somebody connected.
    """
    if not scope.visible_cases(user, at).filter(public_id=public_id).exists():
        raise NotFound()
    with door.open_case(public_id, user=user, at=at) as case:
        check_not_recused(case.application, user)
        yield case


def check_not_recused(application: Application, user: User) -> None:
    """Raise Refused for a party, a relative or somebody connected: nothing that officials note is for them."""
    if door.recused(application, user):
        raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，不能查看或者填写内部内容。"), code="recusal")


def desk_offices(user: User, at: datetime) -> dict[int, Office]:
    """The offices where a user works at the desk, for themselves or for a colleague, by key."""
    posts = [standing.post for standing in standings_of(user, at)]
    return {post.office_id: post.office for post in posts if post.role in DESK_ROLES}


def office_of(user: User, application: Application, at: datetime) -> Office:
    """For which of their offices a user writes beside a case: the one that had it last. Raises Refused for none."""
    mine = desk_offices(user, at)
    on_route = WorkItem.objects.filter(case_id=application.pk, queue__office_id__in=mine).order_by("-pk")
    last = on_route.values_list("queue__office_id", flat=True).first()
    if last is None:
        last = application.notices.filter(office_id__in=mine).values_list("office_id", flat=True).first()
    if last is None:
        raise Refused(_("只有办理本件的单位可以写内部备注。"), code="not_on_route")
    return mine[last]


def supervised(user: User, at: datetime) -> list[Office]:
    """The offices a user supervises: what officials may put beside a case there is theirs to define."""
    mine = {post.office_id: post.office for post in posts_of(user, at) if post.role == SUPERVISOR}
    return sorted(mine.values(), key=lambda office: office.pk)


def check_supervisor(user: User, office: Office, at: datetime) -> None:
    """Raise NotFound for whoever does not supervise an office."""
    if not holds(user, SUPERVISOR, office, "manage_work", at):
        raise NotFound()
