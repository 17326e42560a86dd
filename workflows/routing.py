"""Which stages lie ahead of a case: conditions on routing facts, the amount among them, and lots."""

from collections.abc import Iterable, Mapping
from typing import Any

from viewflow.workflow.models import Process

from schemes.definition import SchemeDefinition
from schemes.routes import Stage
from workflows import sampling
from workflows.sampling import Draw


def note_routing(process: Process, facts: Mapping[str, Any]) -> None:
    """Keep routing facts current, inside the door, after what they rest on has changed; stages ahead follow them.

    A stage the case has passed or gone by is not visited again by itself: see `missed`.
    """
    routing = {**process.data["routing"], **facts}
    if routing != process.data["routing"]:
        process.data = {**process.data, "routing": routing}
        process.save(update_fields=["data"])


def ahead(definition: SchemeDefinition, here: Stage | None, routing: Mapping[str, Any]) -> list[Stage]:
    """The stages that may still come after the present one (None: all of them). Those drawn by lot are among them:
    nobody is told beforehand how the lot falls.
    """
    stages = definition.stages
    return applying(stages[stages.index(here) + 1 :] if here else stages, routing)


def applying(stages: Iterable[Stage], routing: Mapping[str, Any]) -> list[Stage]:
    """Those whose condition holds."""
    return [stage for stage in stages if stage.applies(routing)]


def following(process: Process, definition: SchemeDefinition, here: Stage | None) -> tuple[Stage | None, list[Draw]]:
    """The stage that comes next (None: the end), and the lots drawn on the way there."""
    draws: list[Draw] = []
    for stage in ahead(definition, here, process.data["routing"]):
        if stage.sample_percent is None:
            return stage, draws
        draws.append(sampling.draw(process.data[sampling.SEED], stage))
        if draws[-1].drawn:
            return stage, draws
    return None, draws


def note_draws(process: Process, draws: Iterable[Draw]) -> tuple[Draw, ...]:
    """Remember lots as drawn (the caller saves the row); those drawn for the first time are given back."""
    known = process.data.get(sampling.DRAWN, {})
    fresh = tuple(one for one in draws if one.stage not in known)
    if fresh:
        process.data = {**process.data, sampling.DRAWN: known | {one.stage: one.drawn for one in fresh}}
    return fresh


def missed(process: Process, definition: SchemeDefinition, here: Stage) -> list[Stage]:
    """Stages before the present one that the case should have passed and did not: the amount has risen since.

    Only those where officials give their view; the case goes back to one when an official sends it there.
    """
    before = definition.stages[: definition.stages.index(here)]
    wanted = [
        stage
        for stage in applying(before, process.data["routing"])
        if stage.kind in ("review", "countersign") and sampling.passes(process.data, stage)
    ]
    done = set(process.items.filter(outcome__in=["done", "against"]).values_list("stage", flat=True))
    return [stage for stage in wanted if stage.code not in done]
