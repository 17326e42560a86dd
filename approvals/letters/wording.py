"""What officials' papers say beside what every paper says: the basis of a decision."""

from typing import Any

from applications.letters.wording import variables
from papers.wording import day_in_words, month_in_words, month_on_paper, named, on_paper, signer_of

__all__ = [
    "basis_of",
    "day_in_words",
    "month_in_words",
    "month_on_paper",
    "named",
    "on_paper",
    "signer_of",
    "variables",
]


def basis_of(assessment: dict[str, Any] | None) -> dict[str, str]:
    """The document and clause a decision rests on: those of the first line that cites one."""
    for line in (assessment or {}).get("lines", []):
        if line["document"]:
            return {"document": line["document"], "clause": line["clause"]}
    return {}
