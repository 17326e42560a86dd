"""The seat of an objection: opened on a stage that otherwise only the clock runs."""

from datetime import datetime

from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from people.models import Division, Office
from workflows import calendar, engine
from workflows.flows import CaseFlow
from workflows.models import Queue, WorkItem

# assumed: no text states a limit for answering an objection to a public notice.
WORKING_DAYS = 10


def open_seat(process: Process, office: Office, stage: str, at: datetime) -> WorkItem:
    """Open a reviewer's seat for objections, or return the one that is open already."""
    task = Task.objects.get(process=process, flow_task=CaseFlow.stage, status__in=[STATUS.NEW, STATUS.ASSIGNED])
    seats = WorkItem.objects.filter(task=task)
    present = seats.filter(closed_at__isnull=True).first()
    if present is not None:
        return present
    queue, _created = Queue.objects.get_or_create(office=office, role="reviewer")
    division = Division.objects.get(pk=process.data["place"]["division"])
    return WorkItem.objects.create(
        process=process,
        task=task,
        case_id=process.data["case"],
        scheme=engine.definition_of(process).code,
        stage=stage,
        kind="notice",
        seat=f"objection-{seats.count() + 1}",
        queue=queue,
        prefecture_id=division.at_level("prefecture"),
        county_id=division.at_level("county"),
        opened_at=at,
        due_at=calendar.deadline(at, WORKING_DAYS, "working"),
    )
