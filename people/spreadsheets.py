"""Texts that go into files people open with a spreadsheet."""

import unicodedata

# What a spreadsheet may read as the beginning of a formula, folded to half width.
FORMULA_SIGNS = frozenset("=+-@")


def harmless(text: str) -> str:
    """A text of one line that no spreadsheet takes for a formula; an ordinary text stays as it is.

    Line breaks, tabs and other control characters become blanks. A text that had any of them in front, or whose first
    visible character is one of = + - @ in any width, gets an apostrophe in front.
    """
    clean = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    visible = next((letter for letter in clean if not _invisible(letter)), "")
    risky = unicodedata.normalize("NFKC", visible)[:1] in FORMULA_SIGNS or unicodedata.category(text[:1] or " ") == "Cc"
    return f"'{clean}" if risky else clean


def _invisible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf"
