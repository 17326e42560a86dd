"""Papers that have not reached anybody yet: the list of an office, and how long each has waited."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from approvals.issued import access
from papers import serving
from papers.models import Paper
from people.models import User
from workflows import calendar

# assumed: 行政许可法 第四十四条 gives ten working days to hand over a permit; we ask the same of every such paper, and
# remind at half of it.
LIMIT_WORKING_DAYS = 10
REMIND_WORKING_DAYS = 5
PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """A paper that waits to be served: until which day it should be, and whether that day is over."""

    paper: Paper
    due: date
    overdue: bool


def waiting(user: User, at: datetime, after: tuple[datetime, int] | None = None) -> tuple[list[Waiting], bool]:
    """A page of the papers of the user's offices that wait, the oldest first; whether there are more.

    `after` is the place (issued, id) of the last one seen.
    """
    offices = [office.pk for office in access.offices_of(user, at)]
    found = serving.unserved().filter(office__in=offices).select_related("office").order_by("issued_at", "pk")
    if after is not None:
        found = found.filter(Q(issued_at__gt=after[0]) | Q(issued_at=after[0], pk__gt=after[1]))
    rows = list(found[: PAGE + 1])
    today = timezone.localdate(at)
    return [_row(paper, today) for paper in rows[:PAGE]], len(rows) > PAGE


def _row(paper: Paper, today: date) -> Waiting:
    due = timezone.localdate(calendar.about(paper.issued_at, LIMIT_WORKING_DAYS))
    return Waiting(paper, due, due < today)
