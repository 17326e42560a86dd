"""Work items 待办: opening one in the queue of an office and role, on the task the route stands at."""

from datetime import datetime
from typing import Any

from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from people.models import Division, Office
from workflows import marks
from workflows.flows import CaseFlow
from workflows.models import Queue, WorkItem


def task_of(process: Process) -> Task:
    """The task the route stands at."""
    return Task.objects.get(process=process, flow_task=CaseFlow.stage, status__in=[STATUS.NEW, STATUS.ASSIGNED])


def open_item(
    process: Process, task: Task, place: tuple[Office, str], at: datetime, due_at: datetime, **what: Any
) -> WorkItem:
    """Open an item for the office and role of `place`. `what`: scheme, stage, kind and seat; of an added seat also who

    added it and where it is placed, and the owner where somebody is named.
    """
    office, role = place
    queue, _created = Queue.objects.get_or_create(office=office, role=role)
    division = Division.objects.get(pk=process.data["place"]["division"])
    return WorkItem.objects.create(
        process=process,
        task=task,
        case_id=process.data["case"],
        queue=queue,
        prefecture_id=division.at_level("prefecture"),
        county_id=division.at_level("county"),
        opened_at=at,
        due_at=due_at,
        **marks.columns_of(process),
        **what,
    )
