"""The payout file: CONTRACT's columns, in this order, in XLSX and CSV alike."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

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
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
WIDTHS = (6, 18, 22, 24, 14, 22, 24, 22, 12, 12, 12, 16)


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
        """The cells in column order, texts made safe for spreadsheets."""
        texts = (self.batch, self.scheme, self.application, self.name, self.id_number, self.account, self.bank)
        after = (self.period, self.division, self.note)
        return (self.line, *map(harmless, texts), self.amount, *map(harmless, after))


def harmless(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(rows: list[Row]) -> bytes:
    """The file as CSV: UTF-8 with byte order mark, CRLF; IDs and accounts kept as text by a leading tab-free cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([str(cell) for cell in row.cells()])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Row], title: str) -> bytes:
    """The file as XLSX: IDs and accounts are text cells, amounts numbers with two decimals."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold, text, money = book.add_format({"bold": True}), book.add_format({"num_format": "@"}), book.add_format(
            {"num_format": "#,##0.00"}
        )
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, width)
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
