"""Standard letters: title and body in both languages, and the closed set of variables each may use.

No scheme sets its own law of procedure: what an extension or a reply to an objection says is the same for all.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from schemes.letters import fill, variables_of
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

BOOK = Path(__file__).parent / "letters"
BREAK = "\n\n"


class StandardLetter(Frozen):
    """One text; paragraphs of the body are separated by an empty line. `variables` names everything it may use.

    `label` is what people call it where the title is none they would know: one with variables in it.
    """

    title: LocalText
    body: LocalText
    label: LocalText | None = None
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

    def heading(self, values: Mapping[str, str | LocalText]) -> LocalText:
        """The title alone, filled in."""
        return fill(self.title, values)

    def paragraphs(self, values: Mapping[str, str | LocalText]) -> tuple[str, ...]:
        """The Chinese body, paragraph by paragraph; what is filled in never makes one paragraph two."""
        return tuple(fill(LocalText(zh=part, en=""), values).zh for part in paragraphs_of(self.body.zh))


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a body, without those that are empty."""
    return [part.strip() for part in text.split(BREAK) if part.strip()]


@cache
def shipped() -> dict[str, StandardLetter]:
    """The texts the product comes with: one file a letter; read once a process."""
    return {path.stem: StandardLetter(**tomllib.loads(path.read_text("utf-8"))) for path in sorted(BOOK.glob("*.toml"))}
