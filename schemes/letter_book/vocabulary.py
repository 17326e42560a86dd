"""What the variables of letters mean, and the example words with which a text is shown before a case fills it in."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from schemes.rules.texts import Frozen
from schemes.texts import LocalText

FILE = Path(__file__).parent / "variables.toml"


class Word(Frozen):
    """One variable: what it stands for, and an example."""

    meaning: LocalText
    example: LocalText


@cache
def vocabulary() -> dict[str, Word]:
    """Every variable any letter may use; read once a process."""
    return {name: Word(**told) for name, told in tomllib.loads(FILE.read_text("utf-8")).items()}


def meaning_of(name: str) -> LocalText:
    """What a variable stands for; its bare name where nobody has said."""
    return vocabulary()[name].meaning if name in vocabulary() else LocalText(zh=name, en=name)


def examples(names: Iterable[str]) -> dict[str, LocalText]:
    """Example words for these variables."""
    return {name: vocabulary()[name].example if name in vocabulary() else meaning_of(name) for name in names}
