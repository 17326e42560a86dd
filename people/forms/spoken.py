"""Long numbers in groups: as people read them from a card, and as they are spoken, figure by figure.

A screen reader takes 5325241999… for a sum of trillions; somebody who compares it with a card loses the place.
"""

import re
from dataclasses import dataclass

from people.forms.text import GROUP

# Kinds of number told by their form, each with the lengths of its groups.
MOBILE = re.compile(r"(1\d{2})(\d{4})(\d{4})")
LANDLINE = re.compile(r"(0\d{2,3})-(\d{3,4})(\d{4})")
CASE_NUMBER = re.compile(r"([A-Z]{1,4})(\d{6})(\d{4})(\d{3})(\d{3})")
PLAIN_KINDS = (MOBILE, LANDLINE, CASE_NUMBER)
IN_FOURS = re.compile(rf"(?:[0-9A-Z]{{{GROUP}}} ){{2,}}[0-9A-Z]{{1,{GROUP}}}")


@dataclass(frozen=True)
class Spoken:
    """A number in groups; `gap` is what stands between them where it is written."""

    groups: tuple[str, ...]
    gap: str = ""

    def aloud(self, pause: str) -> str:
        """Figure by figure, with a pause between groups."""
        return pause.join(" ".join(group) for group in self.groups)


def spoken(text: str) -> Spoken | None:
    """The groups of a long number: a telephone, a case number, or one already written in fours; None of other text."""
    if IN_FOURS.fullmatch(text):
        return Spoken(tuple(text.split(" ")), " ")
    found = next((match for kind in PLAIN_KINDS if (match := kind.fullmatch(text))), None)
    return Spoken(found.groups()) if found else None
