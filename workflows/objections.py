"""The seat of an objection: opened on a stage that otherwise only the clock runs."""

from datetime import datetime

from viewflow.workflow.models import Process

from people.models import Office
from workflows import calendar, engine, items
from workflows.models import WorkItem

# assumed: no text states a limit for answering an objection to a public notice.
WORKING_DAYS = 10


def open_seat(process: Process, office: Office, stage: str, at: datetime) -> WorkItem:
    """Open a reviewer's seat for objections, or return the one that is open already."""
    task = items.task_of(process)
    seats = WorkItem.objects.filter(task=task)
    present = seats.filter(closed_at__isnull=True).first()
    if present is not None:
        return present
    due = calendar.deadline(at, WORKING_DAYS, "working")
    what = {"scheme": engine.definition_of(process).code, "stage": stage, "kind": "notice"}
    return items.open_item(process, task, (office, "reviewer"), at, due, seat=f"objection-{seats.count() + 1}", **what)
