"""What an official may see: cases that have reached an office where they hold a post. One function guards all."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from approvals.models import PublicNotice
from people.models import User
from people.posts import posts_of
from people.roles import CASE_ROLES
from workflows.models import Queue, WorkItem


def my_queues(user: User, at: datetime | None = None) -> list[Queue]:
    """The queues whose items the user may take."""
    posts = [post for post in posts_of(user, at) if post.role in CASE_ROLES]
    if not posts:
        return []
    wanted = Q()
    for post in posts:
        wanted |= Q(office_id=post.office_id, role=post.role)
    return list(Queue.objects.filter(wanted).select_related("office__division"))


def visible_cases(user: User, at: datetime | None = None) -> QuerySet[Application]:
    """Cases with an item, open or closed, at one of the user's offices, or under notice by one of them."""
    offices = {post.office_id for post in posts_of(user, at) if post.role in CASE_ROLES}
    if not offices:
        return Application.objects.none()
    items = WorkItem.objects.filter(case_id=OuterRef("pk"), queue__office_id__in=offices)
    notices = PublicNotice.objects.filter(application=OuterRef("pk"), office_id__in=offices)
    return Application.objects.filter(Exists(items) | Exists(notices))
