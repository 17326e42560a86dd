"""What an official keeps an eye on: copied to them 抄送我, begun by them 我发起, ended 办结, and work without hands."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application
from applications.states import OPEN
from approvals import scope
from approvals.models import CaseCopy, Move, Opinion, Proceeding
from approvals.moves import hands
from people.models import User
from people.posts import posts_of
from workflows.models import WorkItem

BEGUN = (Move.Kind.ADD_SEAT, Move.Kind.ASK, Move.Kind.DELEGATE)


def copied_to(user: User, at: datetime) -> QuerySet[CaseCopy]:
    """What was copied to the user of cases they may read now, the latest first; `read_at` is None for what is new."""
    copies = CaseCopy.objects.filter(to=user, application__in=scope.visible_cases(user, at))
    return copies.select_related("application__subject", "application__organisation", "by").order_by("-pk")


def started_by(user: User, at: datetime) -> QuerySet[Application]:
    """Cases the user opened ex officio, or in which they asked others: added a seat, asked advice or an opinion."""
    asked = Move.objects.filter(application=OuterRef("pk"), by=user, kind__in=BEGUN)
    opened = Proceeding.objects.filter(application=OuterRef("pk"), opened_by=user)
    return scope.visible_cases(user, at).filter(Q(Exists(asked)) | Q(Exists(opened))).order_by("-pk")


def finished(user: User, at: datetime) -> QuerySet[Application]:
    """Cases in which the user said something and that have come to an end."""
    said = Opinion.objects.filter(application=OuterRef("pk"), official=user)
    return scope.visible_cases(user, at).filter(Exists(said)).exclude(state__in=OPEN).order_by("-pk")


def stranded(user: User, at: datetime) -> list[tuple[WorkItem, Move | None]]:
    """Open items of offices the user oversees that nobody there may act on, each with the recusal that left it so."""
    offices = [post.office_id for post in posts_of(user, at) if post.role == "supervisor"]
    left = Move.objects.filter(item=OuterRef("pk"), kind=Move.Kind.RECUSE)
    items = WorkItem.objects.filter(Exists(left), queue__office__in=offices, closed_at__isnull=True, owner=None)
    found = []
    for item in items.select_related("queue__office__division").order_by("due_at", "pk"):
        application = Application.objects.select_related("division").get(pk=item.case_id)
        if not hands.colleagues(application, item, at):
            found.append((item, item.moves.filter(kind=Move.Kind.RECUSE).last()))
    return found
