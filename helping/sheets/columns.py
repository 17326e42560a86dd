"""The columns of a file: a question each, headed by its label in Chinese; name and ID number are always there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.forms.fields import FieldContext
from helping.sheets.cells import NOT_IN_A_CELL, CellReader
from people import vault
from people.identity import IdentityError, check_id, check_name
from people.joining import listed
from people.refusals import Invalid
from people.tables import FaultyFile, RowFault, Table, columns_of
from schemes.definition import Question

NAME, NUMBER = "姓名", "身份证号码"
WHO = frozenset({"name", "id_number"})


@dataclass(frozen=True)
class SheetRow:
    """One person of a file: the row, the keyed hash of the ID, name and number, and the answers by question."""

    row: int
    index: str
    name: str
    number: str
    answers: dict[str, Any]


def headed(questions: Iterable[Question]) -> dict[str, Question]:
    """The questions a cell can answer, by heading; name and number stand beside them under headings of their own."""
    found: dict[str, Question] = {}
    for question in questions:
        if question.kind in NOT_IN_A_CELL or question.name in WHO:
            continue
        heading = question.label.zh
        found[heading if heading not in found and heading not in (NAME, NUMBER) else question.name] = question
    return found


def rows_of(table: Table, questions: Iterable[Question], today: date, most: int) -> list[SheetRow]:
    """All rows, in the order of the file; empty cells are left out. Nothing counts where anything is wrong.

    Raises Invalid for a table that is none, FaultyFile with every fault.
    """
    asked = headed(questions)
    places = columns_of(table, (NAME, NUMBER), tuple(asked))
    _check_headings(table, places)
    lines = [(row, cells) for row, cells in enumerate(table[1:], start=2) if any(cells)]
    if not lines:
        raise Invalid(_("这个文件里没有一个人。"), code="empty")
    if len(lines) > most:
        raise Invalid(_("文件超过%(most)s行。请分成几个文件上传。") % {"most": most}, code="too_long")
    context = FieldContext(today, own=False)
    readers = {heading: CellReader(asked[heading], context) for heading in places if heading in asked}
    faults: list[RowFault] = []
    found = [_row(row, cells, places, readers, asked, today, faults) for row, cells in lines]
    faults += _twice(one for one in found if one is not None)
    if faults:
        raise FaultyFile(faults)
    return [one for one in found if one is not None]


def _check_headings(table: Table, places: dict[str, int]) -> None:
    """A column nobody asks for would be lost in silence."""
    unknown = [heading for place, heading in enumerate(table[0]) if heading and place not in places.values()]
    if unknown:
        text = _("不认识这些列：%(names)s。请使用下载的模板，不要改列名。")
        raise Invalid(text % {"names": listed(unknown[:10])}, code="unknown_column")


def _row(
    row: int,
    cells: list[str],
    places: dict[str, int],
    readers: dict[str, CellReader],
    asked: dict[str, Question],
    today: date,
    faults: list[RowFault],
) -> SheetRow | None:
    wrong = len(faults)
    name = _checked(row, NAME, _cell(cells, places[NAME]), check_name, faults)
    number = _checked(
        row, NUMBER, _cell(cells, places[NUMBER]), lambda text: check_id(text, today=today).number, faults
    )
    answers: dict[str, Any] = {}
    for heading, reader in readers.items():
        text = _cell(cells, places[heading])
        if not text:
            continue
        try:
            answers[asked[heading].name] = reader.value(text)
        except ValidationError as error:
            faults.append(RowFault(row, heading, " ".join(str(message) for message in error.messages)))
    if len(faults) > wrong:
        return None
    return SheetRow(row, vault.blind_index("id", number), name, number, answers)


def _checked(row: int, column: str, text: str, check: Any, faults: list[RowFault]) -> str:
    try:
        return check(text)
    except IdentityError as error:
        faults.append(RowFault(row, column, str(error.message)))
        return ""


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _twice(rows: Iterable[SheetRow]) -> Iterator[RowFault]:
    seen: dict[str, int] = {}
    for one in rows:
        first = seen.setdefault(one.index, one.row)
        if first != one.row:
            yield RowFault(one.row, NUMBER, _("与第%(row)s行重复。") % {"row": first})
