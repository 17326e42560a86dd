"""Every character of a paper is checked against the fonts before the paper is issued."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from papers.content import PaperContent
from people.refusals import Invalid

FONTS = Path(__file__).parent / "fonts"


class UnprintableCharacter(Invalid):
    """A character no font of the pack can print; a legal document never shows an empty box."""

    code = "unprintable"


def check(content: PaperContent) -> None:
    """Raise UnprintableCharacter naming the first character that cannot be printed and its field."""
    known = printable()
    for field, text in content.texts():
        for character in text:
            if ord(character) >= 32 and ord(character) not in known:
                raise UnprintableCharacter(
                    _(
                        "文书中的字“%(character)s”（%(code)s，位于%(field)s）无法印制。请联系管理员补充字库，本次操作没有生效。"
                    )
                    % {"character": character, "code": f"U+{ord(character):04X}", "field": field}
                )


@cache
def printable() -> frozenset[int]:
    """The code points of all fonts together; read once a process."""
    points: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points |= set(font.getBestCmap())
    return frozenset(points)
