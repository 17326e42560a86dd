"""The payout file: CONTRACT's columns, in this order, in XLSX and CSV alike.

CSV is for programs: its cells are the plain values, and a spreadsheet that opens it by a double click would round an
18-digit ID. XLSX is for people: IDs and accounts are text cells there.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter

from people.spreadsheets import harmless

HEADINGS = (
    "序号",
    "批次号",
    "事项",
    "申请编号",
    "姓名",
    "身份证号",
    "收款账号",
    "开户行",
    "金额(元)",
    "所属期间",
    "区划代码",
    "备注",
)
WIDTHS = (6, 18, 22, 24, 14, 22, 24, 22, 12, 12, 12, 16)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One payout line. `amount` in yuan with two decimals."""

    line: int
    batch: str
    scheme: str
    application: str
    name: str
    id_number: str
    account: str
    bank: str
    amount: Decimal
    period: str
    division: str
    note: str = ""

    def cells(self) -> tuple[int | str | Decimal, ...]:
        """The cells in column order, texts made safe for spreadsheets. Raises ValueError for parts of a fen."""
        texts = (self.batch, self.scheme, self.application, self.name, self.id_number, self.account, self.bank)
        after = (self.period, self.division, self.note)
        return (self.line, *map(harmless, texts), _cents(self.amount), *map(harmless, after))


def _cents(amount: Decimal) -> Decimal:
    if amount != amount.quantize(CENT):
        raise ValueError(f"not whole fen: {amount}")
    return amount.quantize(CENT)


def as_csv(rows: list[Row]) -> bytes:
    """The file as CSV: UTF-8 with byte order mark, CRLF, plain values, amounts with two decimals."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([str(cell) for cell in row.cells()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Row], title: str, at: datetime) -> bytes:
    """The file as XLSX: IDs and accounts are text cells, amounts numbers with two decimals.

    Made again for the same `at` it is the same bytes.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "created": at.astimezone(UTC)})
        sheet = book.add_worksheet(title[:31])
        heading, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "#,##0.00"})
        for column, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            _write_row(sheet, number, row, text, money)
    return buffer.getvalue()


def _write_row(sheet: object, number: int, row: Row, text: object, money: object) -> None:
    for column, cell in enumerate(row.cells()):
        if isinstance(cell, Decimal):
            sheet.write_number(number, column, cell, money)
        elif isinstance(cell, int):
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, cell, text)
