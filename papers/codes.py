"""Verification codes as people type them."""

import unicodedata


def normalised(text: str) -> str:
    """The code without spaces and hyphens, upper case, full-width characters made plain."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())
