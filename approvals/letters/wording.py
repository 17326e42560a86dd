"""What officials' papers say beside what every paper says: the basis of a decision."""

from typing import Any

from applications.door import Case
from schemes.policies import resolve_for


def basis_of(assessment: dict[str, Any] | None) -> dict[str, str]:
    """The document and clause a decision rests on: those of the first line that cites one."""
    for line in (assessment or {}).get("lines", []):
        if line["document"]:
            return {"document": line["document"], "clause": line["clause"]}
    return {}


def clause_of(case: Case) -> dict[str, str]:
    """The first document and clause that speak of the scheme where the case is; nothing where none is on record."""
    application = case.application
    clauses = resolve_for(application.definition, application.division_id, application.policy_date).clauses
    return {"document": clauses[0].document, "clause": clauses[0].clause} if clauses else {}
