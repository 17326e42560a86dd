"""What the review page's template is given, beyond the forms."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from approvals.due import Due, due_of
from approvals.pauses import pause_reason
from approvals.review import Review
from approvals.signing.acts import proposes
from approvals.signing.shown import first_word, order_words
from approvals.timing.limits import limits_of
from approvals.visits.shown import visits_of
from papers.forms_of_reading.wishes import wish_of
from papers.models import Form
from workflows.models import WorkItem
from workflows.tracing import Step


def context_of(found: Review) -> dict[str, Any]:
    """The case, its route and its deadline, ready to draw."""
    application, item = found.application, found.seat.item
    definition = application.definition
    due = _due(item) if item else None
    return {
        "review": found,
        "application": application,
        "seat": found.seat,
        "scheme_title": str(definition.title),
        "stage_label": str(definition.stage(item.stage).label) if item else "",
        "due": due,
        "legal": limits_of(item).legal if item else None,
        "first": first_word(item),
        "proposes": item is not None and proposes(item),
        "order": order_words(item),
        "visits": visits_of(application),
        "wish": _wish(application),
        "route": [_stop(step, due) for step in found.route],
    }


def _wish(application: Application) -> str:
    """In which form whoever filed wishes to get papers; "" for the standard one."""
    form = Form(wish_of(application.filed_by))
    return "" if form == Form.STANDARD else str(form.label)


def _due(item: WorkItem) -> Due:
    return due_of(item.due_at, timezone.now(), paused=item.paused_at is not None, reason=pause_reason(item))


def _stop(step: Step, due) -> dict[str, Any]:
    note = _("最迟%(day)s办完") % {"day": due.day.isoformat()} if due and step.state == "current" else ""
    return {
        "label": str(step.stage.label),
        "office": step.office.label if step.office else "",
        "state": step.state,
        "date": timezone.localdate(step.at) if step.at else None,
        "note": note,
        "seats": [_seat(item) for item in step.seats],
    }


def _seat(item: WorkItem) -> str:
    """One of several seats: whose it is, what kind of added seat, and how it stands."""
    standing = _("等待其他席位") if item.waiting else item.get_outcome_display()
    parts = [item.queue.office.label, item.get_placement_display() if item.placement else "", standing]
    if item.owner:
        parts.append(str(item.owner))
    return " · ".join(part for part in parts if part)
