"""Counties, townships and schools to choose from, grouped as people look for them."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from applications.offers import offering_divisions
from people.models import Division, Office
from schemes.definition import Question, SchemeDefinition

# The prefecture whose offices began with this system stands first in every list.
FIRST_PREFECTURE = "532500"
NATION = "0"
Groups = list[tuple[str, list[tuple[str, str]]]]


def counties(on: date | None = None, scheme: str = "") -> Groups:
    """Counties where something (or this scheme) is offered, in force on the day if one is given."""
    return _grouped(_within(offering_divisions(on, scheme), Division.Level.COUNTY))


def places_for(definition: SchemeDefinition, on: date) -> Callable[[Question], Groups]:
    """What a question of kind division or school offers: only where the scheme is in force."""

    def places(question: Question) -> Groups:
        offering = offering_divisions(on, definition.code, filing=True)
        if question.kind == "school":
            return _schools(offering)
        by_township = question.name == definition.case_division and needs_township(definition)
        return _grouped(_within(offering, Division.Level.TOWNSHIP if by_township else Division.Level.COUNTY))

    return places


def needs_township(definition: SchemeDefinition) -> bool:
    """Whether an office of a township acts somewhere on the route."""
    return any(place.level == "township" for stage in definition.stages for place in (stage, *stage.seats))


def _within(codes: set[str], level: str) -> QuerySet[Division]:
    """Divisions of a level that lie in (or are) some divisions."""
    divisions = Division.objects.filter(level=level, retired=False).select_related("parent")
    return divisions if NATION in codes else divisions.filter(_inside(codes, ""))


def _inside(codes: set[str], path: str) -> Q:
    columns = ("code", "county_id", "prefecture_id", "province_id")
    return Q(*[(f"{path}{column}__in", codes) for column in columns], _connector=Q.OR)


def _grouped(divisions: Iterable[Division]) -> Groups:
    ordered = sorted(divisions, key=lambda one: (one.prefecture_id != FIRST_PREFECTURE, one.parent_id or "", one.pk))
    return [(label, [(one.pk, one.label) for one in members]) for label, members in groupby(ordered, key=_above)]


def _above(division: Division) -> str:
    return division.parent.label if division.parent else ""


def _schools(codes: set[str]) -> Groups:
    schools = Office.objects.filter(function=Office.Function.SCHOOL).select_related("division")
    if NATION not in codes:
        schools = schools.filter(_inside(codes, "division__"))
    order = sorted(schools, key=lambda one: (one.division.prefecture_id != FIRST_PREFECTURE, one.division_id, one.name))
    return [
        (label, [(str(one.pk), one.label) for one in members])
        for label, members in groupby(order, key=lambda one: one.division.label)
    ]
