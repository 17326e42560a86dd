"""The earmark report as a file: one line an envelope and document, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from benefits.budgets.using import Used
from payouts.budgeting.report import Row
from payouts.budgeting.shown import use_headings
from people.spreadsheets import harmless

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(rows: Iterable[Row], named: dict[str, str], kind: str) -> bytes:
    """The report as CSV (with a byte order mark) or XLSX."""
    lines = _lines(rows, named)
    return _csv(lines) if kind == CSV else _xlsx(lines)


def _headings() -> list[str]:
    words = [_("资金来源"), _("事项"), _("地方"), _("年度"), _("指标文号"), _("功能分类科目"), _("经济分类科目")]
    return [*words, *use_headings()]


def _lines(rows: Iterable[Row], named: dict[str, str]) -> Iterator[tuple[list[str], list[Decimal]]]:
    """Words and sums of each document of each envelope."""
    for row in rows:
        budget = row.budget
        where = [row.source_label, named.get(budget.scheme_code, budget.scheme_code), budget.division.label]
        for one in row.documents:
            codes = [one.tranche.document, one.tranche.function_code, one.tranche.economic_code]
            yield [harmless(text) for text in (*where, str(budget.year), *codes)], _sums(one.used)


def _sums(used: Used) -> list[Decimal]:
    return [used.allotted, used.reserved, used.committed, used.paid, used.returned, used.free]


def _csv(lines: Iterable[tuple[list[str], list[Decimal]]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_headings())
    writer.writerows([*words, *(f"{amount:.2f}" for amount in sums)] for words, sums in lines)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(lines: Iterable[tuple[list[str], list[Decimal]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True}) as book:
        sheet, money = book.add_worksheet(), book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, _headings())
        for number, (words, sums) in enumerate(lines, start=1):
            for column, text in enumerate(words):
                sheet.write_string(number, column, text)
            for column, amount in enumerate(sums, start=len(words)):
                sheet.write_number(number, column, amount, money)
    return out.getvalue()
