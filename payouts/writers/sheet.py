"""CONTRACT's file as a spreadsheet, row by row.

XlsxWriter makes everything but the rows: it would hold the cells in memory, or in a temporary file in clear. The rows
are written straight into the package, as texts in their cells, which every spreadsheet reads.
"""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from payouts.columns import HEADINGS, Row

WIDTHS = (6, 18, 22, 24, 14, 22, 24, 22, 12, 12, 12, 16)
LETTERS = "ABCDEFGHIJKL"
SHEET = "xl/worksheets/sheet1.xml"
# Numbers of the formats, in the order the frame uses them: its headings come first.
TEXT, MONEY = 2, 3
# What a spreadsheet would read as a character written by its number.
NUMBERED = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
EPOCH = (1980, 1, 1, 0, 0, 0)
ROWS_AT_ONCE = 200


class SheetWriter:
    """IDs and accounts are text cells, amounts numbers with two decimals; the same rows and `at` are the same bytes.

    `lines` is how many rows there will be.
    """

    def __init__(self, out: IO[bytes], title: str, at: datetime, lines: int) -> None:
        head, tail, others = _frame(title, at, lines)
        self._package = ZipFile(out, "w", ZIP_DEFLATED)
        for name, content in others.items():
            self._package.writestr(_entry(name), content)
        self._sheet = self._package.open(_entry(SHEET), "w")
        self._tail, self._at_row, self._waiting = tail, 1, [head]

    def add(self, row: Row) -> None:
        """The next row."""
        self._at_row += 1
        self._waiting.append(_row(self._at_row, row))
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        """The end of the sheet and of the package."""
        self._waiting.append(self._tail)
        self._flush()
        self._sheet.close()
        self._package.close()

    def _flush(self) -> None:
        self._sheet.write("".join(self._waiting).encode())
        self._waiting.clear()


def _frame(title: str, at: datetime, lines: int) -> tuple[str, str, dict[str, bytes]]:
    """The sheet before and after its rows, and the other files of the package.

    A last row of samples tells XlsxWriter how large the sheet is and which formats it needs.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": at.astimezone(UTC)})
        sheet = book.add_worksheet(title[:31])
        formats = [book.add_format(one) for one in ({"bold": True}, {"num_format": "@"}, {"num_format": "#,##0.00"})]
        for column, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, formats[0])
        sheet.freeze_panes(1, 0)
        sheet.write_blank(lines, len(HEADINGS) - 2, None, formats[1])
        sheet.write_blank(lines, len(HEADINGS) - 1, None, formats[2])
    with ZipFile(buffer) as package:
        files = {name: package.read(name) for name in package.namelist()}
    head, sample, rest = files.pop(SHEET).decode().partition(f'<row r="{lines + 1}"')
    return head, rest[rest.index("</sheetData>") :] if sample else "", files


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _row(number: int, row: Row) -> str:
    cells = zip(LETTERS, row.cells(), strict=True)
    return f'<row r="{number}">{"".join([_cell(f"{letter}{number}", value) for letter, value in cells])}</row>'


def _cell(place: str, value: int | str | Decimal) -> str:
    return CELLS[type(value)](place, value)


def _text(place: str, value: str) -> str:
    if value == "":
        return f'<c r="{place}" s="{TEXT}"/>'
    shown = value if value.isalnum() else _escaped(value)
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{place}" s="{TEXT}" t="inlineStr"><is><t{space}>{shown}</t></is></c>'


def _escaped(value: str) -> str:
    return escape(NUMBERED.sub(r"_x005F\1", value))


CELLS: dict[type, Callable[[str, int | str | Decimal], str]] = {
    str: _text,
    int: lambda place, value: f'<c r="{place}"><v>{value}</v></c>',
    Decimal: lambda place, value: f'<c r="{place}" s="{MONEY}"><v>{value}</v></c>',
}
