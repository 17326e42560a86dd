"""Where a route has been, where it stands and what still lies ahead, for pages that show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from viewflow.workflow.models import Process

from people.models import Office
from schemes.definition import SchemeDefinition
from schemes.routes import Stage
from workflows.models import WorkItem
from workflows.sampling import DRAWN

StepState = Literal["done", "current", "waiting"]


@dataclass(frozen=True)
class Step:
    """One stage of a case's own route. `office` is known once it was reached; `at` is when it was last closed.

    `seats`: where several sit there, or a seat was added, who stands how; in the order they were opened.
    """

    stage: Stage
    state: StepState
    office: Office | None = None
    at: datetime | None = None
    seats: tuple[WorkItem, ...] = ()


def trace(process_id: int, definition: SchemeDefinition) -> list[Step]:
    """The stages that apply to a case, in order. A route that has ended shows only how far it came.

    A stage the case stood at is shown even where its condition has ceased to hold; one whose lot did not fall on the
    case is left out once the case has gone by.
    """
    process = Process.objects.get(pk=process_id)
    seats, undrawn = _latest_seats(process), _undrawn(process)
    items = {stage: _main(sat) for stage, sat in seats.items()}
    known = {*items, process.data["stage"]}
    applying = [one for one in definition.stages if one.applies(process.data["routing"]) or one.code in known]
    stages = [stage for stage in applying if stage.code not in undrawn]
    reached = [place for place, stage in enumerate(stages) if stage.code in items]
    here = next((place for place, stage in enumerate(stages) if stage.code == process.data["stage"]), None)
    if here is None:
        stages, here = stages[: max(reached, default=-1) + 1], len(stages)
    return [_step(stage, place, here, seats.get(stage.code, [])) for place, stage in enumerate(stages)]


def _undrawn(process: Process) -> set[str]:
    return {stage for stage, drawn in process.data.get(DRAWN, {}).items() if not drawn}


def _latest_seats(process: Process) -> dict[str, list[WorkItem]]:
    """By stage the seats of its last turn, in the order they were opened."""
    turns: dict[str, list[WorkItem]] = {}
    for item in process.items.select_related("queue__office", "owner").order_by("pk"):
        seats = turns.setdefault(item.stage, [])
        if seats and seats[0].task_id != item.task_id:
            seats.clear()
        seats.append(item)
    return turns


def _main(seats: list[WorkItem]) -> WorkItem:
    """The last seat of the route itself; an added one stands for none."""
    return next((item for item in reversed(seats) if item.placement == WorkItem.Placement.ROUTE), seats[-1])


def _step(stage: Stage, place: int, here: int, seats: list[WorkItem]) -> Step:
    state: StepState = "done" if place < here else "current" if place == here else "waiting"
    if not seats or state == "waiting":
        return Step(stage, state)
    item = _main(seats)
    several = tuple(seats) if len(seats) > 1 else ()
    return Step(stage, state, item.queue.office, item.closed_at if state == "done" else None, several)
