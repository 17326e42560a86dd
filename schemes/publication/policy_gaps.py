"""What stands in the way of opening schemes on a production site: values in force that no document states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from people.models import Division
from schemes.models import PolicyClause, PolicyValue, SchemeVersion
from schemes.standing import nearest_first


@dataclass(frozen=True)
class Gap:
    """A scheme in force in a division, and the names of its values that are assumed there."""

    version: SchemeVersion
    division: Division
    names: tuple[str, ...]


def gaps(versions: Iterable[SchemeVersion], divisions: Iterable[Division], on: date) -> list[Gap]:
    """Every scheme that a production site would keep closed, division by division; two queries a division."""
    versions = list(versions)
    return [gap for division in divisions for gap in _gaps_in(versions, division, on)]


def _gaps_in(versions: list[SchemeVersion], division: Division, on: date) -> list[Gap]:
    offered = _schemes_in_force(division, on)
    stated = _bases(division, on)
    found = []
    for version in versions:
        if version.scheme_id not in offered or not version.definition.can_be_filed:
            continue
        bases = {example.name: "assumed" for example in version.definition.examples}
        bases |= stated.get(version.scheme_id, {})
        names = tuple(name for name, basis in bases.items() if basis == PolicyValue.Basis.ASSUMED)
        if names:
            found.append(Gap(version, division, names))
    return found


def _schemes_in_force(division: Division, on: date) -> set[str]:
    """Schemes that can be filed there: a clause in force that is more than a target."""
    clauses = PolicyClause.objects.filter(document__division__in=division.lineage, offered_as="")
    rows = clauses.select_related("document").defer("text", "document__text")
    return {clause.scheme_id for clause in rows if clause.document.in_force(on)}


def _bases(division: Division, on: date) -> dict[str, dict[str, str]]:
    """Of each scheme's values in force the basis of the nearest."""
    line = nearest_first(division)
    rows = PolicyValue.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), division__in=line, valid_from__lte=on, successor__isnull=True
    ).only("scheme_id", "division_id", "name", "basis")
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: line.index(row.division_id)):
        found.setdefault(row.scheme_id, {}).setdefault(row.name, row.basis)
    return found
