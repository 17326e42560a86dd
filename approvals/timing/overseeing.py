"""督办: overdue work, before those who oversee the office, and after five working days before those above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from applications.models import Application
from approvals.due import Due, due_of
from approvals.labels import Labels, labels_of
from people.models import Office, User
from people.posts import standings_of
from workflows import calendar
from workflows.models import WorkItem

ABOVE_AFTER_WORKING_DAYS = 5
SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Overdue:
    """One overdue item as the list shows it: no name, no facts. `own`: of an office the user oversees themselves."""

    item: WorkItem
    number: str
    public_id: str
    scheme: str
    stage: str
    due: Due
    own: bool


def overdue_for(user: User, at: datetime, *, most: int = 200) -> list[Overdue]:
    """The overdue items before a supervisor, the longest overdue first."""
    offices = [one.post.office for one in standings_of(user, at) if one.post.role == SUPERVISOR]
    if not offices:
        return []
    late = WorkItem.objects.filter(_before(offices, at), closed_at__isnull=True, paused_at__isnull=True)
    found = late.select_related("queue__office", "owner").order_by("due_at", "pk")
    items = list(found.filter(escalated_at__isnull=False, due_at__lt=at)[:most])
    cases = Application.objects.in_bulk({item.case_id for item in items})
    labels = labels_of({case.scheme_version_id for case in cases.values()}, {item.scheme for item in items})
    own = {office.pk for office in offices}
    return [_row(item, cases[item.case_id], labels, at, own) for item in items]


def _before(offices: Iterable[Office], at: datetime) -> Q:
    """Own offices at once; those of the same function one level below after five working days."""
    wanted = Q(queue__office__in=offices)
    since = _working_days_ago(at, ABOVE_AFTER_WORKING_DAYS)
    for office in offices:
        below = Q(queue__office__function=office.function, queue__office__division__parent_id=office.division_id)
        wanted |= below & Q(due_at__lt=since)
    return wanted


def _working_days_ago(at: datetime, days: int) -> datetime:
    """The beginning of the day after which so many working days have passed. Raises CalendarMissing."""
    day: date = timezone.localdate(at)
    while days:
        days -= calendar.is_working_day(day)
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _row(item: WorkItem, application: Application, labels: Labels, at: datetime, own: set[int]) -> Overdue:
    version = application.scheme_version_id
    return Overdue(
        item,
        application.number or "",
        application.public_id,
        labels.title(item.scheme),
        labels.stage(item.stage, version=version),
        due_of(item.due_at, at),
        item.queue.office_id in own,
    )
