"""Placing a case: the division and office its answers name, and the routing facts its route may read."""

from dataclasses import dataclass
from typing import Any

from applications.models import Application
from people.models import Division, Office
from schemes.facts import policy_day
from schemes.policies import resolve_for
from schemes.routes import AMOUNT
from schemes.rules.conditions import POLICY
from workflows.places import Place


@dataclass(frozen=True)
class Routing:
    """Where the case goes, and the codes (never personal data) stages are chosen by."""

    place: Place
    facts: dict[str, Any]


def place_from(application: Application, answers: dict[str, Any]) -> None:
    """Set the case's division and named office from the answer that places it (not yet saved)."""
    question = application.definition.question(application.definition.case_division)
    answer = answers.get(question.name)
    if not answer:
        return
    if question.kind == "school":
        application.subject_office = Office.objects.select_related("division").get(pk=answer, function="school")
        application.division = application.subject_office.division
    else:
        application.division = Division.objects.get(pk=answer)


def place_of(application: Application, answers: dict[str, Any]) -> Routing:
    """The place and the routing facts of a filed case."""
    office = application.subject_office
    facts = {name: answers.get(name) for name in application.definition.routing_facts}
    if "run_by" in facts and office is not None:
        facts["run_by"] = office.run_by
    facts |= assessed_facts(application, answers)
    return Routing(Place(application.division_id, office.pk if office else None), facts)


def assessed_facts(application: Application, answers: dict[str, Any]) -> dict[str, Any]:
    """What a route reads of the assessment and the policy, as text: the amount, and figures it is compared with.

    Nothing for a route that reads neither. Raises FactsError where a figure of the policy cannot be read.
    """
    read = {name for stage in application.definition.stages if stage.when for name in stage.when.names()}
    amount = application.amount
    facts = {AMOUNT: None if amount is None else str(amount)} if AMOUNT in read else {}
    figures = {name for name in read if name.startswith(POLICY)}
    return facts | _figures(application, answers, figures) if figures else facts


def _figures(application: Application, answers: dict[str, Any], names: set[str]) -> dict[str, Any]:
    definition = application.definition
    on = policy_day(definition, answers, application.policy_date)
    given = resolve_for(definition, application.division_id, on).for_rules.values
    bare = {name: given.get(name.removeprefix(POLICY)) for name in sorted(names)}
    return {name: None if value is None else str(value.value) for name, value in bare.items()}
