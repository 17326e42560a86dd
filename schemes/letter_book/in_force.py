"""The text that is in force: the nearest division's published one on the day, else the one that was there first.

What was there first is for a standard letter the text the product comes with, for a scheme's own letter that of the
version a case runs under. A paper takes the text in force on the day it is issued.
"""

from collections.abc import Iterable
from datetime import date

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.letter_book.standard import StandardLetter, shipped
from schemes.letters import LetterKind, LetterText
from schemes.models import LetterVersion


def standard_letter(code: str, division_id: str, on: date) -> StandardLetter:
    """The text in force for a division on a day. Raises KeyError for a code the book does not have."""
    base = shipped()[code]
    found = version_in_force(code, None, division_id, on)
    return StandardLetter(title=found.title, body=found.body, variables=base.variables) if found else base


def scheme_letter(definition: SchemeDefinition, kind: LetterKind, division_id: str, on: date) -> LetterText:
    """A scheme's own letter in force for a division on a day. Raises KeyError for one the scheme does not have."""
    base = definition.letters[kind]
    found = version_in_force(kind, definition.code, division_id, on)
    return LetterText(title=found.title, body=found.body) if found else base


def version_in_force(code: str, scheme: str | None, division_id: str, on: date) -> LetterVersion | None:
    """The published text of a letter on a day, of the division or the nearest above it; None where there is none.

    One query, and a second where anybody has published a text of this letter.
    """
    rows = list(versions_of(code, scheme).filter(in_force_from__lte=on))
    place = Division.objects.filter(pk=division_id).first() if rows else None
    return nearest(rows, place) if place else None


def nearest(rows: Iterable[LetterVersion], place: Division) -> LetterVersion | None:
    """Of rows of one letter that have begun, the one that holds in a place; a row that withdraws leaves it to those
    above.
    """
    latest: dict[str, LetterVersion] = {}
    for row in sorted(rows, key=lambda row: (row.in_force_from, row.pk)):
        latest[row.division_id] = row
    line = (latest.get(code) for code in reversed(place.lineage))
    return next((row for row in line if row and not row.withdraws), None)


def versions_of(code: str, scheme: str | None):
    """Every published text of one letter, of all divisions."""
    rows = LetterVersion.objects.filter(code=code)
    return rows.filter(scheme=scheme) if scheme else rows.filter(scheme__isnull=True)
