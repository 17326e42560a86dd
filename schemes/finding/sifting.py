"""Which schemes fit some answers: pure. What was not answered rules nothing in and nothing out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from schemes.definition import SchemeDefinition
from schemes.finding.guide import meant_for
from schemes.rules.assessment import Line
from schemes.rules.conditions import POLICY, Condition
from schemes.rules.engine import requirement_line
from schemes.rules.policy import Policy

Verdict = Literal["fits", "ask", "barred", "other"]
UNSURE, ORGANISATION, RURAL = "unsure", "organisation", "rural"


@dataclass(frozen=True)
class Match:
    """How a scheme meets the answers: it seems to fit; one should ask; a condition is surely not met (`lines`, each
    with its clause); or it is for others.

    `met`: the conditions that are surely met, each with its clause; `because`: the answers for which it is meant.
    """

    definition: SchemeDefinition
    verdict: Verdict
    lines: tuple[Line, ...] = ()
    met: tuple[Line, ...] = ()
    because: tuple[Condition, ...] = ()


def sift(
    definitions: Iterable[SchemeDefinition], policies: Mapping[str, Policy], answers: Mapping[str, Any]
) -> Iterator[Match]:
    """Every scheme for this kind of applicant; `policies` by code, for those in force at the place."""
    said = {name: value for name, value in answers.items() if value not in (None, "", UNSURE)}
    for definition in definitions:
        if (definition.applicant == ORGANISATION) == (said.get("asks_for") == ORGANISATION):
            yield _match(definition, policies.get(definition.code), said)


def truth(condition: Condition, names: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds of what is known; None where that is not known."""
    if condition.negated is not None:
        found = truth(condition.negated, names)
        return None if found is None else not found
    if condition.all or condition.any:
        found = {truth(part, names) for part in condition.all or condition.any}
        settles = not condition.all
        return settles if settles in found else None if None in found else not settles
    known = condition.op == "present" or not condition.absent(names)
    return condition.holds(names) if known else None


def _match(definition: SchemeDefinition, policy: Policy | None, said: Mapping[str, Any]) -> Match:
    condition = meant_for().get(definition.code)
    meant = truth(condition, said) if condition is not None else None
    if meant is False:
        return Match(definition, "other")
    judged = tuple(_judged(definition, policy, _facts(said))) if policy is not None else ()
    failing = tuple(line for line in judged if line.result == "fail")
    if failing:
        return Match(definition, "barred", failing)
    because = tuple(_holding(condition, said)) if condition is not None else ()
    return Match(definition, "fits" if meant else "ask", met=judged, because=because)


def _holding(condition: Condition, said: Mapping[str, Any]) -> Iterator[Condition]:
    """The comparisons that hold, in the order they are written; what is denied tells nothing."""
    for part in (*condition.all, *condition.any):
        yield from _holding(part, said)
    if condition.field and truth(condition, said):
        yield condition


def _facts(said: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of schemes that the answers settle."""
    facts: dict[str, Any] = {}
    if "age" in said:
        facts["age"] = said["age"]
    if "residence" in said:
        facts["rural"] = said["residence"] == RURAL
    return facts


def _judged(definition: SchemeDefinition, policy: Policy, facts: Mapping[str, Any]) -> Iterator[Line]:
    """The conditions that are settled: not met, or met by an answer (what a policy alone meets tells nobody much)."""
    names = {**facts, **{POLICY + name: given.value for name, given in policy.values.items()}}
    for rule in definition.requirements:
        applies = rule.applies_when is None or truth(rule.applies_when, names)
        met = truth(rule.condition, names) if applies else None
        if met is False or (met and facts.keys() & set(rule.condition.names())):
            yield requirement_line(rule, names, policy, {})
