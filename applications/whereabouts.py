"""Where a case is now: the route, who has it, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from applications.timeline import opened_notice
from audit.models import Event
from people.day_words import day_in_words
from workflows import calendar
from workflows.models import WorkItem
from workflows.tracing import Step, trace

BROKEN_OFF = frozenset({State.WITHDRAWN, State.LAPSED, State.NOT_ACCEPTED})


@dataclass(frozen=True)
class Holder:
    """Who has the case. `due` is the last moment of the step, None while the clock stands still."""

    office: str
    stage: str
    due: datetime | None


def route_of(application: Application) -> list[Step]:
    """The stages of the case's own route; none before it is filed, and none once it was broken off."""
    if not application.process_ref or application.state in BROKEN_OFF:
        return []
    return trace(application.process_ref, application.definition)


def route_rows(steps: Iterable[Step], holders: Iterable[Holder]) -> list[dict[str, Any]]:
    """The route as its component draws it, in the applicant's words. Where the clock stands still, it says so."""
    present = next(iter(holders), None)
    return [_row(step, present) for step in steps]


def holders_of(application: Application, events: Iterable[Event]) -> list[Holder]:
    """The offices that have to act now; several when they act together, none once the case has ended."""
    if not application.is_open:
        return []
    items = WorkItem.objects.filter(case_id=application.pk, closed_at__isnull=True, waiting=False)
    items = items.select_related("queue__office")
    labels = {stage.code: str(stage.public_label) for stage in application.definition.stages}
    found = [_holder(item, labels) for item in items]
    return found or _notice_holder(application, events, labels)


def _row(step: Step, present: Holder | None) -> dict[str, Any]:
    notes = {"waiting": _days(step), "current": _until(present) if present else "", "done": ""}
    return {
        "label": str(step.stage.public_label),
        "state": step.state,
        "office": step.office.label if step.office else "",
        "date": timezone.localtime(step.at) if step.at else "",
        "note": notes[step.state],
    }


def _until(present: Holder) -> str:
    if present.due is None:
        return _("等您补正，办理期限暂停计算")
    return _("最迟%(day)s办完这一步") % {"day": day_in_words(present.due)}


def _days(step: Step) -> str:
    return days_in_words(step.stage.days, step.stage.day_kind)


def days_in_words(days: int, kind: str) -> str:
    """A period as the guide and the route say it."""
    if kind == "natural":
        return _("%(days)s天（含节假日）") % {"days": days}
    return _("%(days)s个工作日") % {"days": days}


def _holder(item: WorkItem, labels: dict[str, str]) -> Holder:
    due = None if item.paused_at else timezone.localtime(item.due_at)
    return Holder(item.queue.office.label, labels.get(item.stage, ""), due)


def _notice_holder(application: Application, events: Iterable[Event], labels: dict[str, str]) -> list[Holder]:
    """A notice has no seat: it runs until its days are over."""
    opened = opened_notice(events)
    if application.state != State.NOTICED or opened is None:
        return []
    code, at = opened
    stage = application.definition.stage(code)
    due = calendar.deadline(at, stage.days, stage.day_kind)
    return [Holder("", labels.get(code, ""), timezone.localtime(due))]
