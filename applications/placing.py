"""Placing a case: the division and office its answers name, and the routing facts its route may read."""

from dataclasses import dataclass
from typing import Any

from applications.models import Application
from people.models import Division, Office
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
    return Routing(Place(application.division_id, office.pk if office else None), facts)
