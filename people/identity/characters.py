"""Cleaning of typed and pasted numbers."""

import unicodedata

from people.identity.errors import IdentityError

HYPHENS = frozenset("-‐‑‒–—―−")


def _is_padding(character: str) -> bool:
    """Whether a character only groups or decorates digits: spaces, hyphens, invisible marks."""
    return character.isspace() or character in HYPHENS or unicodedata.category(character) == "Cf"


def compact(text: str) -> str:
    """Full-width forms to ASCII, grouping removed, letters in upper case: the form numbers are compared in.

    Raises IdentityError("not_text") for anything but a string, such as a number read from a spreadsheet.
    """
    if not isinstance(text, str):
        raise IdentityError("not_text")
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not _is_padding(c)).upper()
