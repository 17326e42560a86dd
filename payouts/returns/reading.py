"""The lines of a return file, read strictly (CONTRACT, return file: 批次号, 序号, 结果, 原因, 入账日期).

Nothing is guessed: what is not exactly right is told with its row and column, all of it at once.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from people.refusals import Invalid
from people.tables import FaultyFile, RowFault, Table, columns_of, day_of

BATCH, LINE, RESULT, REASON, DAY = HEADINGS = ("批次号", "序号", "结果", "原因", "入账日期")
PAID, FAILED = "成功", "失败"
LINE_NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)


@dataclass(frozen=True)
class ReturnLine:
    """One line: `row` in the file, `on` the bank's day of entry (None where a failure gives none)."""

    row: int
    batch: str
    line: int
    paid: bool
    reason: str
    on: date | None

    @property
    def place(self) -> tuple[str, int]:
        """Which payout it is about."""
        return self.batch, self.line


def lines_of(table: Table) -> list[ReturnLine]:
    """All lines, in the order of the file. Raises Invalid for a table that is none of ours, FaultyFile."""
    columns = columns_of(table, HEADINGS)
    faults: list[RowFault] = []
    rows = [(number, row) for number, row in enumerate(table[1:], start=2) if any(row)]
    lines = [_line(number, row, columns, faults) for number, row in rows]
    found = [line for line in lines if line is not None]
    faults += _twice(found)
    if faults:
        raise FaultyFile(faults)
    if not found:
        raise Invalid(_("这个文件里没有一行结果。"), code="empty")
    return found


def _line(number: int, row: list[str], columns: dict[str, int], faults: list[RowFault]) -> ReturnLine | None:
    if len(row) <= max(columns.values()):
        faults.append(RowFault(number, HEADINGS[-1], _("这一行不完整，少了几列。")))
        return None
    cells = {name: row[place] for name, place in columns.items()}
    found = [RowFault(number, column, message) for column, message in _wrong(cells)]
    faults += found
    if found:
        return None
    paid = cells[RESULT] == PAID
    return ReturnLine(number, cells[BATCH], int(cells[LINE]), paid, cells[REASON], day_of(cells[DAY]))


def _wrong(cells: dict[str, str]) -> list[tuple[str, str]]:
    faults = []
    if not cells[BATCH]:
        faults.append((BATCH, _("没有填写。")))
    if not LINE_NUMBER.fullmatch(cells[LINE]):
        faults.append((LINE, _("应当是1、2、3这样的序号。")))
    if cells[RESULT] not in {PAID, FAILED}:
        faults.append((RESULT, _("应当是“成功”或“失败”。")))
    if cells[RESULT] == FAILED and not cells[REASON]:
        faults.append((REASON, _("失败的须写明原因。")))
    if cells[DAY] and day_of(cells[DAY]) is None:
        faults.append((DAY, _("不是有效的日期，应当写成2026-12-01。")))
    if cells[RESULT] == PAID and not cells[DAY]:
        faults.append((DAY, _("成功的须填写入账日期。")))
    return faults


def _twice(lines: list[ReturnLine]) -> list[RowFault]:
    """Payouts told of more than once in one file: alike, or against each other."""
    first: dict[tuple[str, int], ReturnLine] = {}
    faults = []
    for line in lines:
        earlier = first.setdefault(line.place, line)
        if earlier is line:
            continue
        alike = (earlier.paid, earlier.on) == (line.paid, line.on)
        text = _("与第%(row)s行重复。") if alike else _("与第%(row)s行是同一笔，结果却不同。")
        faults.append(RowFault(line.row, LINE, text % {"row": earlier.row}))
    return faults
