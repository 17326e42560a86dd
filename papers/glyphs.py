"""Every character of a paper is checked against the fonts before the paper is issued."""

import unicodedata
from functools import cache

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from papers.content import PaperContent, field_label
from papers.fontpack import FONTS
from people.refusals import Invalid

LINE_BREAKS = "\r\n\t"


class UnprintableCharacter(Invalid):
    """A character no font of the pack can print; a legal document never shows an empty box.

    `character` and `field` say which and where; `errors` names them by field.
    """

    code = "unprintable"

    def __init__(self, character: str, field: str) -> None:
        self.character, self.field = character, field
        known = {"character": _shown(character), "code": f"U+{ord(character):04X}", "field": field_label(field)}
        message = (
            _(
                "文书的“%(field)s”里有字库中没有的字：%(character)s（%(code)s）。请改用别的写法，或者联系管理员补充字库。"
            )
            % known
        )
        super().__init__(message, errors={field: message})


def check(content: PaperContent) -> None:
    """Raise UnprintableCharacter naming the first character that cannot be printed and its field."""
    for field, text in content.texts():
        character = first_unprintable(text)
        if character:
            raise UnprintableCharacter(character, field)


def first_unprintable(text: str) -> str:
    """The first character of a text that no font of the pack can print, "" where there is none."""
    known = printable()
    return next((one for one in text if ord(one) not in known and one not in LINE_BREAKS), "")


@cache
def printable() -> frozenset[int]:
    """The code points of all fonts together; read once a process."""
    points: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points |= set(font.getBestCmap())
    return frozenset(points)


def _shown(character: str) -> str:
    """The character itself, but nothing for one that would garble the message: a control or combining character."""
    return "" if unicodedata.category(character)[0] in "CMZ" else character
