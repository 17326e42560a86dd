"""What a new text of a letter changes, paragraph by paragraph and word by word, for those who publish it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schemes.letter_book.standard import paragraphs_of
from schemes.letter_book.subjects import Text

LANGUAGES: tuple[tuple[Literal["zh", "en"], str, Promise], ...] = (
    ("zh", "zh-Hans", _("中文")),
    ("en", "en", _("英文")),
)
# What stands, unseen, before and after words that came or went, in the language of the text they stand in.
MARKS = {
    "zh": {"added": ("［增加：", "］"), "removed": ("［删去：", "］")},
    "en": {"added": ("[added: ", "]"), "removed": ("[removed: ", "]")},
}
# A variable, a word, a blank; each Chinese character by itself.
TOKEN = re.compile(r"\{\w+\}|[A-Za-z0-9]+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts have, that only the new one has (added) or only the old one (removed)."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A title or paragraph: what became of it, piece by piece."""

    pieces: tuple[Piece, ...]
    heading: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing in it changed."""
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True)
class Side:
    """The whole text in one language; `code` is for the `lang` attribute."""

    label: Promise
    code: str
    paragraphs: tuple[Paragraph, ...]
    marks: Mapping[str, tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether nothing changed in this language."""
        return all(paragraph.same for paragraph in self.paragraphs)


def letter_changes(before: Text, after: Text) -> list[Side]:
    """Both languages, each with its title and every paragraph."""
    found = []
    for language, code, label in LANGUAGES:
        title = Paragraph(pieces(before.title.in_language(language), after.title.in_language(language)), heading=True)
        old, new = before.body.in_language(language), after.body.in_language(language)
        found.append(Side(label, code, (title, *_paragraphs(paragraphs_of(old), paragraphs_of(new))), MARKS[language]))
    return found


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Paragraph((Piece("same", text),)) for text in old[a:b])
            continue
        together = min(b - a, d - c)
        yield from (Paragraph(pieces(old[a + place], new[c + place])) for place in range(together))
        yield from (Paragraph((Piece("removed", text),)) for text in old[a + together : b])
        yield from (Paragraph((Piece("added", text),)) for text in new[c + together : d])


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text, in order."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [Piece("removed", "".join(old[a:b]))] if b > a else []
        found += [Piece("added", "".join(new[c:d]))] if d > c else []
    return tuple(found)
