"""What an official keeps an eye on: copied to them 抄送我, begun by them 我发起, ended 办结, and work without hands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications import door
from applications.models import Application
from applications.states import OPEN
from approvals import scope
from approvals.models import CaseCopy, Move, Opinion, Proceeding
from approvals.moves import hands
from approvals.moves.record import readable_words
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


@dataclass(frozen=True)
class Line:
    """An item without hands as its supervisor reads it: what it is, who declared an interest, when, and why."""

    public_id: str
    number: str
    stage: str
    office: str
    who: str
    at: datetime
    reason: str


def stranded_lines(user: User, at: datetime) -> list[Line]:
    """What `stranded` finds, in words. They are the colleague's own: whoever shows them records the read."""
    return [_line(item, move) for item, move in stranded(user, at)]


def stranded(user: User, at: datetime) -> list[tuple[WorkItem, Move]]:
    """Open items of offices the user oversees that nobody there may act on, each with the recusal that left it so."""
    offices = [post.office_id for post in posts_of(user, at) if post.role == "supervisor"]
    left = Move.objects.filter(kind=Move.Kind.RECUSE, item__queue__office__in=offices, item__closed_at__isnull=True)
    latest: dict[int, Move] = {move.item_id: move for move in left.select_related("by").order_by("pk")}
    left_over = WorkItem.objects.filter(pk__in=latest, owner=None).select_related("queue__office__division")
    items = list(left_over.order_by("due_at", "pk"))
    related = ("division", "scheme_version", "data_key")
    cases = Application.objects.select_related(*related).in_bulk({item.case_id for item in items})
    found = []
    for item in items:
        latest[item.pk].application = cases[item.case_id]
        if not door.recused(cases[item.case_id], user) and not hands.colleagues(cases[item.case_id], item, at):
            found.append((item, latest[item.pk]))
    return found


def _line(item: WorkItem, move: Move) -> Line:
    application = move.application
    stage, office = str(application.definition.stage(item.stage).label), item.queue.office.label
    reason = readable_words(move)
    return Line(application.public_id, application.number or "", stage, office, str(move.by), move.at, reason)
