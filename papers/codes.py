"""Verification codes 核验码: made, printed, and read back as people type them."""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: nobody can mistake one for another
LENGTH = 12


def new_code() -> str:
    """A fresh code of twelve characters: sixty random bits."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def grouped(code: str) -> str:
    """A code in groups of four, as it is printed and read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalised(text: str) -> str:
    """A typed code without spaces and hyphens, upper case, full-width characters made plain."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def is_code(text: str) -> bool:
    """Whether a normalised text has the form of a code."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)
