"""The counts above the list: one grouped query, over no more than a limited number of items of each queue."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from approvals.due import soon_until
from approvals.inbox.sources import open_items
from approvals.inbox.tabs import MINE, OVERDUE, TODO, WAITING
from people.models import Division, User
from workflows.models import Queue

# Beyond this many open items a queue is counted no further: the most urgent are counted, the rest is "9999+".
COUNTED = 10_000
COLUMNS = ("scheme", "stage", "county_id", "due_at", "paused_at", "waiting", "owner_id", "delegate_id")
GROUPED = """
SELECT scheme, stage, county_id, SUM(running), SUM(running * mine), SUM(running * late), SUM(running * soon), COUNT(*)
FROM (SELECT scheme, stage, county_id,
        CASE WHEN paused_at IS NULL AND NOT waiting THEN 1 ELSE 0 END AS running,
        CASE WHEN owner_id = %s OR delegate_id = %s THEN 1 ELSE 0 END AS mine,
        CASE WHEN due_at < %s THEN 1 ELSE 0 END AS late,
        CASE WHEN due_at >= %s AND due_at <= %s THEN 1 ELSE 0 END AS soon
    FROM ({items}) AS items) AS marked
GROUP BY scheme, stage, county_id
"""


@dataclass
class Summary:
    """How many items wait, and the schemes, stages and counties among them with their counts.

    Of those to do some are `mine`, some `overdue`, some due `soon` (see due.SOON). `capped`: a queue holds more than
    COUNTED items, so these are the counts of its most urgent ones.
    """

    todo: int = 0
    mine: int = 0
    waiting: int = 0
    overdue: int = 0
    soon: int = 0
    capped: bool = False
    schemes: Counter = field(default_factory=Counter)
    stages: Counter = field(default_factory=Counter)
    counties: Counter = field(default_factory=Counter)

    @property
    def of_tabs(self) -> dict[str, int]:
        """The count of each list that is counted."""
        return {MINE: self.mine, TODO: self.todo, OVERDUE: self.overdue, WAITING: self.waiting}

    def words(self, count: int) -> str:
        """A count as it is shown: where counting stopped, what is reached is said with a plus sign."""
        return f"{COUNTED - 1}+" if self.capped and count >= COUNTED else str(count)


def summary_of(user: User, queues: Iterable[Queue], at: datetime) -> Summary:
    """The counts of the open items at a time, in one grouped query."""
    found, queues = Summary(), list(queues)
    for scheme, stage, county, todo, mine, late, soon, total in _groups(user, queues, at) if queues else ():
        found.todo, found.overdue, found.soon = found.todo + todo, found.overdue + late, found.soon + soon
        found.mine += mine
        found.waiting += total - todo
        found.schemes[scheme] += total
        found.stages[scheme, stage] += total
        found.counties[county] += total
    found.capped = found.schemes.total() >= COUNTED
    return found


def _groups(user: User, queues: list[Queue], at: datetime) -> list[tuple]:
    parts, params = [], []
    for queue in queues:
        items = open_items(queue).order_by("due_at", "id").values_list(*COLUMNS)[:COUNTED]
        sql, given = items.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS of_queue")  # noqa: S608 - compiled by the ORM, values are parameters
        params.extend(given)
    now, soon = (connection.ops.adapt_datetimefield_value(moment) for moment in (at, soon_until(at)))
    with connection.cursor() as cursor:
        grouped = GROUPED.format(items=" UNION ALL ".join(parts))
        cursor.execute(grouped, [user.pk, user.pk, now, now, soon, *params])
        return cursor.fetchall()


def ageing_rows(summary: Summary) -> list[dict[str, Any]]:
    """The rows of the picture of what is due when."""
    later = summary.todo - summary.overdue - summary.soon
    counts = ((_("已逾期"), summary.overdue), (_("两个工作日内"), summary.soon), (_("以后到期"), later))
    rows = [{"label": label, "number": number} for label, number in (*counts, (_("等待"), summary.waiting))]
    return [row | {"text": _("%(count)s件") % {"count": summary.words(row["number"])}} for row in rows]


def county_names(codes: Iterable[str]) -> dict[str, str]:
    """County codes with their names in the reader's language."""
    return {division.code: division.label for division in Division.objects.filter(pk__in=filter(None, codes))}
