"""What must hold between a route and the rest of a definition: amounts, lots and silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemes.routes import AMOUNT
from schemes.rules.conditions import POLICY

if TYPE_CHECKING:
    from schemes.definition import SchemeDefinition

# Policy values that are one figure, and so can be compared with an amount.
FIGURES = ("money", "whole", "percent")


def amount_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """`amount` is the assessment's and nobody's answer; a route that reads it needs one."""
    named = {name for question in scheme.questions() for name in (question.name, question.as_fact)}
    if AMOUNT in named or AMOUNT in scheme.routing_facts:
        yield f"{AMOUNT} is kept by the system; give the question or routing fact another name"
    read = set(stage_names(scheme))
    if AMOUNT in read and scheme.calculation == "no_amount":
        yield f"a stage is passed by {AMOUNT}, but nothing calculates one; choose a calculation or another condition"
    kinds = scheme.parameter_kinds
    for name in sorted(one.removeprefix(POLICY) for one in read if one.startswith(POLICY)):
        if kinds.get(name) not in FIGURES:
            yield f"a stage is passed by the policy value {name}; declare it as a parameter that is one figure"


def stage_names(scheme: SchemeDefinition) -> Iterator[str]:
    """Every name the conditions of stages read."""
    for stage in scheme.stages:
        if stage.when is not None:
            yield from stage.when.names()


def lot_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """Nothing that has to be known may hang on a lot."""
    for stage in scheme.stages:
        if stage.sample_percent is not None and any(one.required for one in scheme.questions(stage.code)):
            yield f"stage {stage.code} is drawn by lot and asks something required; ask it at a stage every case passes"


def silence_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """What is accepted by silence must not lack anything that only acceptance finds out; where another office decides,
    there is neither silence nor a second signature of ours.
    """
    for stage in scheme.stages:
        if stage.deemed and any(one.required for one in scheme.questions(stage.code)):
            yield f"stage {stage.code} can come about by silence and asks something required of the official"
        if stage.two_persons and scheme.offered_as == "refer":
            yield f"stage {stage.code}: an answer of another office is recorded, two persons decide nothing here"
        if stage.deemed and scheme.offered_as == "refer":
            yield f"stage {stage.code}: what is handed on to another office is never accepted by silence"
