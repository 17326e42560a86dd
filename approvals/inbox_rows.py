"""The lines of the inbox as the page shows them, and the counts above it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from approvals import inbox
from approvals.due import Due, due_of, soon_until
from approvals.inbox import Row
from approvals.labels import Labels
from approvals.models import Opinion
from people.models import Division, User
from workflows.models import Queue


@dataclass(frozen=True)
class Line:
    """One line: texts ready to read. `due` is None where no clock runs any more."""

    public_id: str
    item: int | None
    number: str
    name: str
    place: str
    scheme: str
    stage: str
    state: str
    due: Due | None
    closed_at: datetime | None
    outcome: str
    owner: str
    mine: bool
    round: int


@dataclass
class Summary:
    """How many items wait, and the schemes, stages and counties among them with their counts.

    Of those to do some are `overdue`, some due `soon` (see due.SOON).
    """

    todo: int = 0
    waiting: int = 0
    overdue: int = 0
    soon: int = 0
    schemes: Counter = field(default_factory=Counter)
    stages: Counter = field(default_factory=Counter)
    counties: Counter = field(default_factory=Counter)


def lines_of(rows: Iterable[Row], labels: Labels, outcomes: Mapping[int, str], user: User, at: datetime) -> list[Line]:
    """Every row as a line; `outcomes` are what was said at the items that are done."""
    return [_line(row, labels, outcomes, user, at) for row in rows]


def outcomes_of(rows: Iterable[Row]) -> dict[int, str]:
    """What was last said at each item, in words."""
    items = [row.item.pk for row in rows if row.item]
    said = Opinion.objects.filter(item__in=items).order_by("pk").values_list("item", "outcome")
    return {item: str(Opinion.Outcome(outcome).label) for item, outcome in said}


def summary_of(queues: Iterable[Queue], at: datetime) -> Summary:
    """The counts of the open items at a time, in one grouped query."""
    groups = inbox.open_items(queues).values_list("scheme", "stage", "county_id").order_by()
    running = Q(paused_at__isnull=True)
    counted = groups.annotate(
        todo=Count("pk", filter=running),
        overdue=Count("pk", filter=running & Q(due_at__lt=at)),
        soon=Count("pk", filter=running & Q(due_at__gte=at, due_at__lte=soon_until(at))),
        total=Count("pk"),
    )
    found = Summary()
    for scheme, stage, county, todo, late, soon, total in counted:
        found.todo, found.overdue, found.soon = found.todo + todo, found.overdue + late, found.soon + soon
        found.waiting += total - todo
        found.schemes[scheme] += total
        found.stages[scheme, stage] += total
        found.counties[county] += total
    return found


def ageing_rows(summary: Summary) -> list[dict[str, Any]]:
    """The rows of the picture of what is due when."""
    later = summary.todo - summary.overdue - summary.soon
    counts = ((_("已逾期"), summary.overdue), (_("两个工作日内"), summary.soon), (_("以后到期"), later))
    rows = [{"label": label, "number": number} for label, number in (*counts, (_("待申请人补正"), summary.waiting))]
    return [row | {"text": _("%(count)s件") % {"count": row["number"]}} for row in rows]


def county_names(codes: Iterable[str]) -> dict[str, str]:
    """County codes with their names in the reader's language."""
    return {division.code: division.label for division in Division.objects.filter(pk__in=filter(None, codes))}


def _line(row: Row, labels: Labels, outcomes: Mapping[int, str], user: User, at: datetime) -> Line:
    item, case = row.item, row.application
    return Line(
        public_id=case.public_id,
        item=item.pk if item else None,
        number=case.number or "",
        name=case.applicant_name,
        place=case.division.label if case.division else "",
        scheme=labels.title(case.scheme_code),
        stage=labels.stage(item.stage, version=case.scheme_version_id) if item else "",
        state=case.get_state_display(),
        due=_due(row, at),
        closed_at=item.closed_at if item else None,
        outcome=outcomes.get(item.pk, item.get_outcome_display()) if item else "",
        owner=str(item.owner) if item and item.owner else "",
        mine=bool(item and item.owner_id == user.pk),
        round=case.round,
    )


def _due(row: Row, at: datetime) -> Due | None:
    item = row.item
    if item is None or item.closed_at is not None:
        return None
    return due_of(item.due_at, at, paused=item.paused_at is not None)
