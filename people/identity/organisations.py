"""Names of organisations 单位名称: as the licence has them, made comparable."""

import re
import unicodedata

from people.identity.errors import IdentityError
from people.identity.names import HAN, INVISIBLE, SPACE_IN_HAN, SPACES

ORGANISATION_MAX_LENGTH = 100
HAS_HAN = re.compile(f"[{HAN}]")
# A licence prints full-width brackets; people type either kind, with or without spaces.
BRACKETS = str.maketrans("()", "（）")
SPACE_AT_BRACKET = re.compile(" ?([（）]) ?")
REFUSED_CATEGORIES = frozenset({"Cc", "Cn", "Co", "Cs", "So"})


def normalise_organisation(text: str) -> str:
    """The form in which a name is stored and compared: NFC, the licence's brackets, no stray spaces."""
    if not isinstance(text, str):
        raise IdentityError("not_text")
    name = SPACES.sub(" ", unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()).strip()
    if HAS_HAN.search(name):
        name = SPACE_AT_BRACKET.sub(r"\1", name.translate(BRACKETS))
    return SPACE_IN_HAN.sub("", name)


def check_organisation(text: str) -> str:
    """The normalised name. Raises IdentityError for empty and overlong names, names without a letter, and control
    characters, pictures and private-use characters.
    """
    name = normalise_organisation(text)
    if not name:
        raise IdentityError("organisation_missing")
    if len(name) > ORGANISATION_MAX_LENGTH:
        raise IdentityError("organisation_length", limit=ORGANISATION_MAX_LENGTH)
    categories = {unicodedata.category(character) for character in name}
    if categories & REFUSED_CATEGORIES or not any(category.startswith("L") for category in categories):
        raise IdentityError("organisation_characters")
    return name
