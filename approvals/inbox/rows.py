"""The lines of a list as the page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from applications import messages
from approvals.due import PAUSED, Due, due_of
from approvals.inbox.filters import ATTENTION, CLEAN, CORRECTED, ESCALATED, FLAG_LABELS, URGED
from approvals.inbox.listed import Item
from approvals.inbox.pages import Row
from approvals.labels import Labels
from approvals.models import Opinion
from people.models import User


@dataclass(frozen=True)
class Line:
    """One line: texts ready to read. `due` is None where no clock runs any more; `pressing` are marks always shown."""

    public_id: str
    item: int | None
    number: str
    name: str
    place: str
    scheme: str
    stage: str
    state: str
    due: Due | None
    arrived_at: datetime | None
    closed_at: datetime | None
    outcome: str
    owner: str
    mine: bool
    round: int
    amount: Decimal | None
    marks: tuple[str, ...]
    pressing: tuple[tuple[str, str], ...]

    @property
    def selectable(self) -> bool:
        """Whether there is an open item to act on."""
        return self.item is not None and self.closed_at is None


def lines_of(rows: Iterable[Row], labels: Labels, outcomes: Mapping[int, str], user: User, at: datetime) -> list[Line]:
    """Every row as a line; `outcomes` are what was said at the items that are done."""
    rows = list(rows)
    unread = messages.unread({row.application.pk for row in rows}, from_official=False)
    return [_line(row, labels, outcomes, user, at, unread.get(row.application.pk, 0)) for row in rows]


def outcomes_of(rows: Iterable[Row]) -> dict[int, str]:
    """What was last said at each item, in words."""
    items = [row.item.pk for row in rows if row.item]
    said = Opinion.objects.filter(item__in=items).order_by("pk").values_list("item", "outcome")
    return {item: str(Opinion.Outcome(outcome).label) for item, outcome in said}


def _line(row: Row, labels: Labels, outcomes: Mapping[int, str], user: User, at: datetime, unread: int) -> Line:
    item, case = row.item, row.application
    return Line(
        public_id=case.public_id,
        item=item.pk if item else None,
        number=case.number or "",
        name=case.applicant_name,
        place=case.place,
        scheme=labels.title(case.scheme_code),
        stage=labels.stage(item.stage, version=case.scheme_version_id) if item else "",
        state=case.state_label,
        due=_due(item, at) if item else None,
        arrived_at=item.opened_at if item else case.submitted_at,
        closed_at=item.closed_at if item else None,
        outcome=outcomes.get(item.pk, item.outcome_label) if item else "",
        owner=item.owner_name if item else "",
        mine=bool(item and user.pk in (item.owner_id, item.delegate_id)),
        round=case.round,
        amount=item.amount if item else case.amount,
        marks=_marks(item) if item else (),
        pressing=(*(_pressing(item) if item and item.closed_at is None else ()), *_messages(unread)),
    )


def _messages(unread: int) -> tuple[tuple[str, str], ...]:
    """The mark of a case whose applicant wrote something nobody has read."""
    return ((_("%(count)s条新留言") % {"count": unread}, "yellow"),) if unread else ()


def _due(item: Item, at: datetime) -> Due | None:
    if item.closed_at is not None:
        return None
    due = due_of(item.due_at, at, paused=item.paused_at is not None, reason=item.pause_label)
    return replace(due, words=_("等待其他席位先办"), state=PAUSED) if item.waiting else due


def _marks(item: Item) -> tuple[str, ...]:
    """What a filter can ask for, of one item."""
    found = [CLEAN if item.clean else ATTENTION, *([CORRECTED] if item.round > 1 else [])]
    return tuple(str(FLAG_LABELS[flag]) for flag in found)


def _pressing(item: Item) -> tuple[tuple[str, str], ...]:
    """Words and colour of what somebody wants done now."""
    stamps = ((URGED, item.urged_at, "yellow"), (ESCALATED, item.escalated_at, "red"))
    return tuple((str(FLAG_LABELS[flag]), colour) for flag, stamp, colour in stamps if stamp)
