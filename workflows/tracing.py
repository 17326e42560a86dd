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
    """One stage of a case's own route. `office` is known once it was reached; `at` is when it was last closed."""

    stage: Stage
    state: StepState
    office: Office | None = None
    at: datetime | None = None


def trace(process_id: int, definition: SchemeDefinition) -> list[Step]:
    """The stages that apply to a case, in order. A route that has ended shows only how far it came.

    A stage the case stood at is shown even where its condition has ceased to hold; one whose lot did not fall on the
    case is left out once the case has gone by.
    """
    process = Process.objects.get(pk=process_id)
    items, undrawn = _latest_items(process), _undrawn(process)
    known = {*items, process.data["stage"]}
    applying = [one for one in definition.stages if one.applies(process.data["routing"]) or one.code in known]
    stages = [stage for stage in applying if stage.code not in undrawn]
    reached = [place for place, stage in enumerate(stages) if stage.code in items]
    here = next((place for place, stage in enumerate(stages) if stage.code == process.data["stage"]), None)
    if here is None:
        stages, here = stages[: max(reached, default=-1) + 1], len(stages)
    return [_step(stage, place, here, items.get(stage.code)) for place, stage in enumerate(stages)]


def _undrawn(process: Process) -> set[str]:
    return {stage for stage, drawn in process.data.get(DRAWN, {}).items() if not drawn}


def _latest_items(process: Process) -> dict[str, WorkItem]:
    items = process.items.filter(placement=WorkItem.Placement.ROUTE).select_related("queue__office").order_by("pk")
    return {item.stage: item for item in items}


def _step(stage: Stage, place: int, here: int, item: WorkItem | None) -> Step:
    state: StepState = "done" if place < here else "current" if place == here else "waiting"
    office = item.queue.office if item and state != "waiting" else None
    return Step(stage, state, office, item.closed_at if item and state == "done" else None)
