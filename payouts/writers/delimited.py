"""A file of lines and delimiters after a profile, CONTRACT's CSV among them.

A bank's program wants the plain value: nothing is quoted, escaped or neutralised for it, so a value that holds the
delimiter or a control character is refused, and so is a character the encoding does not have. Nothing is left out and
nothing replaced by a question mark: a name that differs from the account's is money that comes back.
"""

import codecs
import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import IO

from payouts.columns import Row, cents
from payouts.profiles import DAYS, LINE_ENDS, Column, Profile
from payouts.writers import faults
from people.refusals import Invalid
from people.spreadsheets import breaks_lines, harmless


class DelimitedWriter:
    """Lines after `profile`; `on` is the day of sealing."""

    def __init__(self, out: IO[bytes], profile: Profile, on: date) -> None:
        self._out, self._profile = out, profile
        self._day = on.strftime(DAYS[profile.day])
        self._end = LINE_ENDS[profile.line_end]
        self._quoted = csv.writer(self, delimiter=profile.delimiter, lineterminator=self._end)
        self._readers = [_reader(column, profile, self._day) for column in profile.columns]
        if profile.encoding == "utf-8-sig":
            out.write(codecs.BOM_UTF8)
        if profile.header:
            self._line([column.heading for column in profile.columns])

    def write(self, text: str) -> int:
        """What the quoting writer hands back."""
        return self._out.write(text.encode(self._profile.codec))

    def add(self, row: Row) -> None:
        """The next line. Raises Invalid naming line, case, column and character that cannot be written."""
        cells = [read(row) for read in self._readers]
        if self._profile.cells == "program":
            self._check_plain(row, cells)
        else:
            cells = [harmless(cell) for cell in cells]
        try:
            self._line(cells)
        except UnicodeEncodeError as error:
            raise self._not_in_encoding(row, cells) from error

    def close(self) -> None:
        """Nothing follows the last line."""

    def _line(self, cells: list[str]) -> None:
        if self._profile.cells == "program":
            self.write(self._profile.delimiter.join(cells) + self._end)
        else:
            self._quoted.writerow(cells)

    def _check_plain(self, row: Row, cells: list[str]) -> None:
        for column, cell in zip(self._profile.columns, cells, strict=True):
            for letter in cell:
                if letter == self._profile.delimiter or breaks_lines(letter):
                    raise faults.breaks_line(row, column, letter)

    def _not_in_encoding(self, row: Row, cells: list[str]) -> Invalid:
        for column, cell in zip(self._profile.columns, cells, strict=True):
            try:
                cell.encode(self._profile.codec)
            except UnicodeEncodeError as error:
                return faults.not_in_encoding(row, column, cell[error.start], self._profile.encoding)
        raise AssertionError("every cell can be written")


def _reader(column: Column, profile: Profile, day: str) -> Callable[[Row], str]:
    """How a column is read off a line."""
    if column.fixed is not None:
        return lambda row: column.fixed
    if column.field == "sealed_on":
        return lambda row: day
    if column.field == "amount":
        return (lambda row: str(cents(row.amount))) if profile.amount == "yuan" else (lambda row: _fen(row.amount))
    return lambda row: str(getattr(row, column.field))


def _fen(amount: Decimal) -> str:
    return str(int(cents(amount) * 100))
