"""Standard letters: title and body in both languages, and the closed set of variables each may use.

No scheme sets its own law of procedure: what an extension or a reply to an objection says is the same for all.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from schemes.letters import fill, variables_of
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

BOOK = Path(__file__).parent / "letters"


class StandardLetter(Frozen):
    """One text; paragraphs of the body are separated by an empty line. `variables` names everything it may use."""

    title: LocalText
    body: LocalText
    variables: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_variables(self) -> Self:
        unknown = (variables_of(self.title) | variables_of(self.body)) - {*self.variables}
        if unknown:
            raise ValueError(f"unknown variables: {', '.join(sorted(unknown))}")
        return self

    def filled(self, values: Mapping[str, str | LocalText]) -> tuple[LocalText, LocalText]:
        """Title and body with the variables filled in; raises KeyError when one has no value."""
        return fill(self.title, values), fill(self.body, values)


def standard_letter(code: str, division_id: str, on: date) -> StandardLetter:
    """The text in force for a division on a day. Raises KeyError for a code the book does not have."""
    return shipped()[code]


@cache
def shipped() -> dict[str, StandardLetter]:
    """The texts the product comes with: one file a letter; read once a process."""
    return {path.stem: StandardLetter(**tomllib.loads(path.read_text("utf-8"))) for path in sorted(BOOK.glob("*.toml"))}
