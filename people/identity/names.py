"""Names of people: kept as the person writes them, made comparable.

NFC, never NFKC: compatibility folding would replace rare characters that stand on somebody's ID card.
"""

import re
import unicodedata

from people.identity.errors import IdentityError

NAME_MAX_LENGTH = 100
INTERPUNCT = "\N{MIDDLE DOT}"
LOOK_ALIKES = re.compile("[\u2022\u30fb\u2027\uff0e\uff65\u2219\u22c5]")
# An ASCII full stop typed between two letters that are not Latin stands for the interpunct.
TYPED_DOT = re.compile(r"(?<=[^\W\d_a-zA-Z])\.(?=[^\W\d_a-zA-Z])")
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd\u3007"
# Invisible marks that come along when a name is pasted: zero-width and direction marks.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Forms pad two-character names with a space; between Han characters it is never part of the name.
SPACE_IN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
SPACE_AROUND_DOT = re.compile(f" ?{INTERPUNCT} ?")
TIBETAN_TSHEG = "\u0f0b"
PUNCTUATION = frozenset(INTERPUNCT + TIBETAN_TSHEG + " '’-.")
LETTER_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"})
IDEOGRAPHIC_ZERO = "\u3007"


def normalise_name(text: str) -> str:
    """The form in which a name is stored and compared: NFC, one interpunct (U+00B7), no stray spaces."""
    if not isinstance(text, str):
        raise IdentityError("not_text")
    name = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()
    name = SPACES.sub(" ", LOOK_ALIKES.sub(INTERPUNCT, name))
    name = TYPED_DOT.sub(INTERPUNCT, name)
    return SPACE_IN_HAN.sub("", SPACE_AROUND_DOT.sub(INTERPUNCT, name)).strip(INTERPUNCT)


def check_name(text: str) -> str:
    """The normalised name. Raises IdentityError for empty or overlong names and for anything but letters,
    marks and name punctuation (emoji, control characters, digits, private-use characters).
    """
    name = normalise_name(text)
    if not name:
        raise IdentityError("name_missing")
    if len(name) > NAME_MAX_LENGTH:
        raise IdentityError("name_length", limit=NAME_MAX_LENGTH)
    if any(unicodedata.category(character) == "Co" for character in name):
        raise IdentityError("name_private_use")
    if not all(_belongs(character) for character in name) or not any(_is_letter(c) for c in name):
        raise IdentityError("name_characters")
    return name


def _is_rare_han(character: str) -> bool:
    """Whether a character lies in planes 2 and 3, which hold Han only, also what this Python cannot name yet."""
    return 0x20000 <= ord(character) <= 0x3FFFD


def _is_letter(character: str) -> bool:
    """Whether a character can carry a name by itself."""
    return unicodedata.category(character)[0] == "L" or character == IDEOGRAPHIC_ZERO or _is_rare_han(character)


def _belongs(character: str) -> bool:
    """Whether a character may stand in a name."""
    return character in PUNCTUATION or _is_letter(character) or unicodedata.category(character) in LETTER_CATEGORIES
