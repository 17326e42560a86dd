"""Mistakes in catalogue files, told so that they can be mended: file, line, what is wrong, what to do."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from schemes.files.toml_lines import Places

# By the type of pydantic's error: what to do about it.
ADVICE = {
    "missing": "add it",
    "extra_forbidden": "no such field here; remove it or correct its name",
    "literal_error": "choose one of the words listed",
    "string_pattern_mismatch": "write it as the pattern says",
    "union_tag_invalid": "choose one of the words listed",
}
WORD = re.compile(r"[a-z][a-z0-9_\-]+")


def told(file: str, text: str, error: ValidationError) -> list[str]:
    """Every mistake of one file as a line of its own: `file:line: place: what; what to do`."""
    places = Places(text)
    return [
        f"{file}:{number}: {message}"
        for fault in error.errors()
        for number, message in _told_one(places, fault["loc"], fault["type"], fault["msg"])
    ]


def _told_one(places: Places, loc: tuple[str | int, ...], kind: str, message: str) -> Iterator[tuple[int, str]]:
    plain = message.removeprefix("Value error, ")
    if loc:
        advice = ADVICE.get(kind)
        place = ".".join(map(str, loc))
        yield places.line_of(loc), f"{place}: {plain}; {advice}" if advice else f"{place}: {plain}"
        return
    for part in plain.splitlines():
        yield _line_named(places, part), part


def _line_named(places: Places, message: str) -> int:
    """The line of the name a message speaks of: the first of its words that stands in the file."""
    found = (places.line_with(word) for word in WORD.findall(message))
    return next((line for line in found if line), 1)
