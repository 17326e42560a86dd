"""Plain text helpers for what people type."""

import re
import unicodedata

BLANKS_AND_DASHES = re.compile(r"[\s\u00a0\u2010-\u2015\u2212-]+")
GROUP = 4


def fold_width(text: str) -> str:
    """Full-width letters, digits and signs (１２．５) become their ordinary forms; the ends are trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def without_gaps(text: str) -> str:
    """A long number as one run: folded, without blanks and dashes, letters upper case."""
    return BLANKS_AND_DASHES.sub("", fold_width(text)).upper()


def group_in_fours(text: str) -> str:
    """A long number as people read it aloud: groups of four with a blank between."""
    run = without_gaps(text)
    return " ".join(run[start : start + GROUP] for start in range(0, len(run), GROUP))
