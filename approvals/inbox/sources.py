"""Which items each list holds, as queries that pages and counts share. Scope is in every one of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications.models import Application
from approvals.due import soon_until
from approvals.inbox.filters import ATTENTION, CLEAN, CORRECTED, ESCALATED, LATE, REFERRED, SOON, URGED, WEEK, Filters
from approvals.inbox.search import matching
from approvals.inbox.tabs import DONE, MINE, RUNNING_TABS, WAITING
from approvals.models import CaseLabel
from approvals.scope import in_queues
from people.models import User
from schemes.models import SchemeVersion
from workflows.models import Queue, WorkItem

# Nobody need act on an item that waits for the applicant, or for another seat to speak first.
RUNNING = Q(paused_at__isnull=True, waiting=False)
DAYS_OF_A_WEEK = 7
FLAGS = {
    CLEAN: Q(clean=True),
    ATTENTION: Q(clean=False),
    CORRECTED: Q(round__gt=1),
    URGED: Q(urged_at__isnull=False),
    ESCALATED: Q(escalated_at__isnull=False),
}


def open_items(queue: Queue) -> QuerySet[WorkItem]:
    """Every open item of a queue, running or not."""
    return WorkItem.objects.filter(in_queues([queue]), closed_at__isnull=True)


def sources(user: User, queues: list[Queue], at: datetime, filters: Filters) -> list[QuerySet[WorkItem]]:
    """The queries that are merged into a list: one for each queue, or one for what is the official's own."""
    if filters.tab == DONE:
        found = _own(queues, Q(owner=user, closed_at__isnull=False))
    elif filters.tab == MINE:
        found = _own(queues, Q(owner=user, closed_at__isnull=True))
        found += _own(queues, Q(delegate=user, closed_at__isnull=True) & (Q(owner=None) | ~Q(owner=user)))
    else:
        found = [open_items(queue) for queue in queues]
    wanted = _wanted(user, at, filters) & _labelled(queues, filters.label)
    return [items.filter(wanted) for items in found]


def _own(queues: list[Queue], mine: Q) -> list[QuerySet[WorkItem]]:
    """Items that are the official's own, while they hold a post at the queue."""
    return [WorkItem.objects.filter(mine, in_queues(queues))] if queues else []


def _wanted(user: User, at: datetime, filters: Filters) -> Q:
    """The condition that the tab and the filters make."""
    columns = {"scheme": filters.scheme, "stage": filters.stage, "county_id": filters.county}
    wanted = Q(**{column: value for column, value in columns.items() if value})
    if filters.tab in RUNNING_TABS:
        wanted &= RUNNING & _due(filters.due_before, at)
    if filters.tab == WAITING:
        wanted &= ~RUNNING
    if filters.mine and filters.tab not in (MINE, DONE):
        wanted &= Q(owner=user)
    return wanted & _amounts(filters) & _flagged(filters.flags) & _searched(filters)


def _due(code: str, at: datetime) -> Q:
    if code == LATE:
        return Q(due_at__lt=at)
    if code == SOON:
        return Q(due_at__gte=at, due_at__lte=soon_until(at))
    return Q(due_at__gte=at, due_at__lt=week_end(at)) if code == WEEK else Q()


def week_end(at: datetime) -> datetime:
    """The Monday after a time, when its week is over."""
    now = timezone.localtime(at)
    monday = now + timedelta(days=DAYS_OF_A_WEEK - now.weekday())
    return monday.replace(hour=0, minute=0, second=0, microsecond=0)


def _amounts(filters: Filters) -> Q:
    wanted = Q()
    if filters.amount_from is not None:
        wanted &= Q(amount__gte=filters.amount_from)
    if filters.amount_to is not None:
        wanted &= Q(amount__lte=filters.amount_to)
    return wanted


def _flagged(flags: Iterable[str]) -> Q:
    wanted = Q()
    for flag in flags:
        wanted &= Q(scheme__in=_referred()) if flag == REFERRED else FLAGS[flag]
    return wanted


def _referred() -> QuerySet:
    """The schemes whose requests are handed on to the office in charge."""
    return SchemeVersion.objects.filter(content__offered_as="refer").values("scheme_id")


def _labelled(queues: Iterable[Queue], label: int | None) -> Q:
    """Cases that bear a label of one of the official's offices; no case bears another office's for them."""
    if label is None:
        return Q()
    of_offices = CaseLabel.objects.filter(label=label, label__office__in={queue.office_id for queue in queues})
    return Q(case_id__in=of_offices.filter(removed_at__isnull=True).values("application"))


def _searched(filters: Filters) -> Q:
    if not filters.searched:
        return Q()
    return Q(case_id__in=Application.objects.filter(matching(filters.search, filters.person)).values("pk"))
