"""Where schemes stand: which division has a clause, in force or run out; which values hold and what they replace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.models import Division
from schemes.models import PolicyClause, PolicyDocument, PolicyValue

IN_FORCE, RUN_OUT, NOT_YET, NO_CLAUSE = "in_force", "run_out", "not_yet", "no_clause"


@dataclass(frozen=True)
class Standing:
    """One scheme in one division on a day: the clauses of the nearest division that has any, best first."""

    division: Division
    state: str
    clauses: tuple[PolicyClause, ...]

    @property
    def clause(self) -> PolicyClause | None:
        """The clause to show where there is room for one."""
        return self.clauses[0] if self.clauses else None


@dataclass(frozen=True)
class ValueInForce:
    """The value that holds, and those of the divisions above that it takes the place of."""

    value: PolicyValue
    replaced: tuple[PolicyValue, ...]


def divisions_with_policy() -> list[Division]:
    """The divisions whose documents are on record, in order of code."""
    return list(Division.objects.filter(pk__in=PolicyDocument.objects.values("division_id")))


def find_divisions(text: str, limit: int = 20) -> list[Division]:
    """Divisions down to counties whose name holds the text, or whose code begins with it."""
    matching = Q(name__contains=text) | Q(name_en__icontains=text) | Q(code__startswith=text)
    levels = [Division.Level.PROVINCE, Division.Level.PREFECTURE, Division.Level.COUNTY]
    return list(Division.objects.filter(matching, retired=False, level__in=levels).order_by("code")[:limit])


def standings(divisions: Iterable[Division], on: date) -> dict[str, list[Standing]]:
    """The standing of every scheme that has a clause anywhere, in each division; one query for all."""
    clauses: dict[str, list[PolicyClause]] = {}
    for clause in _clauses():
        clauses.setdefault(clause.scheme_id, []).append(clause)
    return {scheme: [_standing(division, found, on) for division in divisions] for scheme, found in clauses.items()}


def without_clause(divisions: Iterable[Division]) -> list[Standing]:
    """The standing in each division of a scheme no clause speaks of."""
    return [Standing(division, NO_CLAUSE, ()) for division in divisions]


def clauses_of(scheme: str, division: Division, on: date) -> Standing:
    """The standing in one division, with every clause that holds there, nearest division first."""
    return _standing(division, list(_clauses().filter(scheme=scheme)), on)


def values_of(scheme: str, division: Division, on: date) -> dict[str, ValueInForce]:
    """The values in force by name: of each the nearest wins, the rest are what it replaces."""
    line = nearest_first(division)
    rows = (
        PolicyValue.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            scheme=scheme,
            division__in=line,
            valid_from__lte=on,
            successor__isnull=True,
        )
        .select_related("clause__document", "division")
        .defer("clause__document__text")
    )
    found: dict[str, list[PolicyValue]] = {}
    for row in sorted(rows, key=lambda row: line.index(row.division_id)):
        found.setdefault(row.name, []).append(row)
    return {name: ValueInForce(values[0], tuple(values[1:])) for name, values in found.items()}


def nearest_first(division: Division) -> list[str]:
    """Codes from the division itself up to the nation."""
    return list(reversed(division.lineage))


def _clauses() -> QuerySet[PolicyClause]:
    """Without the full text of the documents: no list shows it."""
    clauses = PolicyClause.objects.select_related("document__division").defer("document__text")
    return clauses.order_by("-document__in_force_from", "pk")


def _standing(division: Division, clauses: list[PolicyClause], on: date) -> Standing:
    line = nearest_first(division)
    near = [clause for clause in clauses if clause.document.division_id in line]
    near.sort(key=lambda clause: line.index(clause.document.division_id))
    holding = [clause for clause in near if clause.document.in_force(on)]
    if holding:
        return Standing(division, IN_FORCE, tuple(holding))
    if not near:
        return Standing(division, NO_CLAUSE, ())
    ended = [clause for clause in near if clause.document.in_force_from <= on]
    return Standing(division, RUN_OUT if ended else NOT_YET, tuple(ended or near))
