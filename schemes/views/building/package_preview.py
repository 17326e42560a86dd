"""What the page of a submitted package shows: what would change, clauses, values, cases with their results."""

from datetime import date
from typing import Any

from pydantic import ValidationError

from schemes.building.checking import results_of
from schemes.building.package import Package
from schemes.models import PolicyClause, PolicyValue, Proposal, SchemeVersion
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_changes import changes_between


def package_preview(proposal: Proposal, today: date) -> dict[str, Any]:
    """Read from the draft as far as it can be read."""
    package = Package.of(proposal.content)
    reading, strengths = package.reading(), dict(PolicyClause.Strength.choices)
    base = SchemeVersion.objects.filter(scheme_id=package.code, number=package.base).first()
    return {
        "definition": reading,
        "package": package,
        "sections": changes_between(base.definition, reading) if base else None,
        "number": package.base,
        "clauses": [{**clause, "strength": strengths[clause["strength"]]} for clause in package.clauses],
        "values": _values(package),
        "results": _results(package, proposal) if proposal.state in ("draft", "submitted") else [],
    }


def _values(package: Package) -> list[dict[str, Any]]:
    words, bases = SchemeValues(package.reading()), dict(PolicyValue.Basis.choices)
    return [
        {
            "label": words.label(one["name"]),
            "words": words.words(one["name"], one["value"]),
            "basis": bases[one["basis"]],
            "clause": one["clause"],
            "note": one["note"],
            "begins": one["valid_from"],
            "ends": one["valid_to"] or "",
        }
        for one in package.values
    ]


def _results(package: Package, proposal: Proposal) -> list[Any]:
    if proposal.division is None:
        return []
    try:
        return results_of(package, package.definition(), proposal.division)
    except ValidationError:
        return []
