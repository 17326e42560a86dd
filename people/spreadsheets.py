"""Texts that go into files people open with a spreadsheet."""

import unicodedata

# What a spreadsheet may read as the beginning of a formula, folded to half width; the last is the minus of mathematics.
FORMULA_SIGNS = frozenset("=+-@\u2212")
# Control characters, halves of a character, and what parts lines and paragraphs: none of them stands in a cell.
NOT_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# The two characters no XML file can hold although they are no control characters.
NOT_IN_XML = frozenset("\ufffe\uffff")


def harmless(text: str) -> str:
    """A text of one line that no spreadsheet takes for a formula; an ordinary text stays as it is.

    Line breaks, tabs and other control characters become blanks. A text that had any of them in front, or whose first
    visible character is one of = + - @ in any width, gets an apostrophe in front.
    """
    if text.isprintable() and text[:1].isalnum():
        return text  # nearly every cell of a long file: no letter and no digit is a sign in any width
    clean = one_line(text)
    visible = next((letter for letter in clean if not _invisible(letter)), "")
    risky = unicodedata.normalize("NFKC", visible)[:1] in FORMULA_SIGNS or breaks_lines(text[:1])
    return f"'{clean}" if risky else clean


def one_line(text: str) -> str:
    """The text with blanks for control characters, line breaks and what no file format can carry."""
    if text.isprintable():
        return text
    return "".join(" " if breaks_lines(letter) else letter for letter in text)


def breaks_lines(letter: str) -> bool:
    """Whether a character (or "") can stand in no line of a file."""
    return letter != "" and (unicodedata.category(letter) in NOT_IN_A_LINE or letter in NOT_IN_XML)


def _invisible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf"
