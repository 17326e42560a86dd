"""A file of rows that somebody brought in, as a table of texts: CSV (UTF-8 with or without byte order mark, GB18030)
or XLSX. Nothing in it is trusted: sizes are bounded before anything is unpacked, and a formula is its last result.
"""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from people.joining import listed
from people.refusals import Invalid
from people.sheet_bounds import OutOfBoundsError, check_bounds

MOST_ROWS, MOST_BYTES, MOST_UNPACKED = 20_000, 5 * 1024 * 1024, 60 * 1024 * 1024
MOST_COLUMNS, LONGEST_CELL = 30, 200
WIDEST = 100  # columns a sheet may have; those after MOST_COLUMNS are not looked at
FAULTS_TOLD = 50
DAYS = re.compile(r"(\d{4})(?:([-/])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))", re.ASCII)
BOM, ZIP = b"\xef\xbb\xbf", b"PK\x03\x04"
UNREADABLE = (
    CalamineError, zipfile.BadZipFile, zlib.error, ValueError, IndexError, OSError, EOFError, RuntimeError,
)  # fmt: skip
Table = list[list[str]]


@dataclass(frozen=True)
class RowFault:
    """What is wrong, and where."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        told = {"row": self.row, "column": self.column, "message": self.message}
        return _("第%(row)s行“%(column)s”：%(message)s") % told


class FaultyFile(Invalid):
    """A file with faults: none of its lines counts. `faults` are all there are."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__(
            _("这个文件有%(count)s处错误，没有登记任何内容。请更正后重新上传。") % {"count": len(faults)},
            code="faulty_file",
        )
        self.faults = sorted(faults, key=lambda fault: fault.row)


def columns_of(table: Table, headings: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, int]:
    """Where each heading stands; their order is free. Raises Invalid where one is missing or stands there twice."""
    first = table[0] if table else []
    wrong = [name for name in headings if first.count(name) != 1]
    wrong += [name for name in optional if first.count(name) > 1]
    if wrong:
        text = _("第一行应当有“%(names)s”各一列。现在缺少或重复：%(missing)s。")
        told = {"names": _("”“").join(headings), "missing": listed(wrong)}
        raise Invalid(text % told, code="no_column")
    return {name: first.index(name) for name in (*headings, *optional) if name in first}


def day_of(text: str) -> date | None:
    """A day written as 2026-12-01, 20261201 or, as spreadsheets save it, 2026/12/1; None for anything else."""
    match = DAYS.fullmatch(text)
    try:
        return date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])) if match else None
    except ValueError:
        return None


def kind_of(content: bytes) -> str:
    """By content, not by name: "xlsx" or "csv"."""
    return "xlsx" if content.startswith(ZIP) else "csv"


def table_of(content: bytes, *, judged: bool = True) -> Table:
    """The rows with their cells stripped. Raises Invalid for what cannot be read or is too large.

    `judged`: a cell that is too long, or holds what nobody types, refuses the file; without, cells are taken as they
    are, for files of which only one column is looked at.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件超过5兆。请分成几个文件上传。"), code="too_large")
    rows = _sheet(content) if kind_of(content) == "xlsx" else _csv(content)
    table: Table = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:
            raise Invalid(_("文件超过%(most)s行。请分成几个文件上传。") % {"most": MOST_ROWS}, code="too_long")
        cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
        table.append([_checked(cell, number, column) for column, cell in enumerate(cells, 1)] if judged else cells)
    return table


def _csv(content: bytes) -> Iterator[list[str]]:
    """A byte order mark promises UTF-8: what then is not UTF-8 is damaged, and not tried in another encoding."""
    for encoding in ("utf-8-sig",) if content.startswith(BOM) else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _readable(csv.reader(io.StringIO(text, newline=""), strict=True))
    raise Invalid(
        _("这个文件的文字打不开，可能已经损坏。请重新导出，或者另存为UTF-8编码的CSV后再上传。"),
        code="unreadable",
    )


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise _broken() from error


def _sheet(content: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Invalid(_("文件超过5兆。请分成几个文件上传。"), code="too_large")
            if packed.testzip() is not None:
                raise _broken()
            check_bounds(packed, MOST_ROWS + 1, WIDEST)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except OutOfBoundsError as error:
        text = _("表格超过%(rows)s行或者%(columns)s列。请删去多余的行列，或者分成几个文件上传。")
        raise Invalid(text % {"rows": MOST_ROWS, "columns": WIDEST}, code="too_long") from error
    except UNREADABLE as error:
        raise _broken() from error


def _broken() -> Invalid:
    return Invalid(_("这个文件打不开或者不完整。请重新导出后再上传。"), code="unreadable")


def _text(cell: object) -> str:
    """A cell as text: a whole number without its point, a day as 2026-12-01."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _checked(text: str, row: int, column: int) -> str:
    if len(text) > LONGEST_CELL:
        said = _("第%(row)s行第%(column)s列：内容太长，文件可能已经损坏。没有登记任何内容。")
        raise Invalid(said % {"row": row, "column": column}, code="damaged")
    if any(unicodedata.category(letter) in {"Cc", "Cn", "Co", "Cs"} or letter == "\ufffd" for letter in text):
        said = _("第%(row)s行第%(column)s列：有不能识别的字符，文件可能已经损坏。没有登记任何内容。")
        raise Invalid(said % {"row": row, "column": column}, code="damaged")
    return text
