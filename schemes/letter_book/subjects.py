"""The letters that can be given a text: every standard letter, and those that a scheme's cases can bring."""

from dataclasses import dataclass
from datetime import date

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.definition_checks import LETTERS_OF_ALL, LETTERS_OF_KIND
from schemes.letter_book import variables
from schemes.letter_book.in_force import nearest, versions_of
from schemes.letter_book.standard import StandardLetter, shipped
from schemes.models import LetterVersion, current_version
from schemes.texts import LocalText
from schemes.words.version_labels import LETTERS


@dataclass(frozen=True)
class Text:
    """Title and body of a letter in both languages."""

    title: LocalText
    body: LocalText

    def content(self) -> dict[str, dict[str, str]]:
        """As a proposal stores it."""
        return {"title": self.title.model_dump(), "body": self.body.model_dump()}


@dataclass(frozen=True)
class Subject:
    """One letter: its code, the scheme whose own it is ("" for a standard one), and the text it came with.

    `allowed` are the variables it may use, `needed` those it may not do without.
    """

    code: str
    scheme: str
    label: str
    first: Text
    allowed: frozenset[str]
    needed: frozenset[str]

    def rows(self) -> list[LetterVersion]:
        """Every text published for it anywhere."""
        return list(versions_of(self.code, self.scheme or None).select_related("division").order_by("pk"))

    def text_on(self, place: Division, on: date, rows: list[LetterVersion] | None = None) -> Text:
        """The text in force in a place on a day; `rows` where they have been read already."""
        found = self.row_on(place, on, rows)
        return Text(found.title, found.body) if found else self.first

    def row_on(self, place: Division, on: date, rows: list[LetterVersion] | None = None) -> LetterVersion | None:
        """The published text in force; None where the letter says what it came with."""
        begun = [row for row in (self.rows() if rows is None else rows) if row.in_force_from <= on]
        return nearest(begun, place)


def subjects(scheme: str) -> list[Subject]:
    """The letters of a scheme as it is now, or, for "", the standard letters; none for a scheme nobody knows."""
    if not scheme:
        return [_standard(code, letter) for code, letter in shipped().items()]
    version = current_version(scheme)
    return [_own(version.definition, kind) for kind in _sent(version.definition)] if version else []


def subject_of(code: str, scheme: str) -> Subject | None:
    """One of them; None for a letter there is not."""
    return next((one for one in subjects(scheme) if one.code == code), None)


def _sent(definition: SchemeDefinition) -> list[str]:
    """The letters a case of the scheme can bring: it also carries the shared ones of other kinds of benefit."""
    kinds = (*LETTERS_OF_ALL, *LETTERS_OF_KIND.get(definition.benefit_kind, ()))
    return [kind for kind in kinds if kind in definition.letters]


def _standard(code: str, letter: StandardLetter) -> Subject:
    needed = variables.needed(letter.title, letter.body)
    return Subject(code, "", str(letter.label or letter.title), _text(letter), frozenset(letter.variables), needed)


def _own(definition: SchemeDefinition, kind: str) -> Subject:
    letter = definition.letters[kind]
    allowed, needed = variables.of_scheme(definition, kind), variables.needed(letter.title, letter.body)
    return Subject(kind, definition.code, str(LETTERS[kind]), Text(letter.title, letter.body), allowed, needed)


def _text(letter: StandardLetter) -> Text:
    return Text(letter.title, letter.body)
