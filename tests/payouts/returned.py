"""Batches that are with the bank, and return files about them, for tests."""

import csv
import io
from datetime import datetime, timedelta

import xlsxwriter

from payouts.models import Batch, ReturnFile
from payouts.returns import intake
from payouts.returns.reading import HEADINGS
from project.demo import money
from project.demo.clerks import Case
from tests import world

SCHEME = "grad-jobseeking"


def sent(*places: int) -> tuple[Batch, list[Case]]:
    """Granted cases in one exported batch, line by line, and the cases."""
    cases = [world.granted(n) for n in places or (0,)]
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    return money.pay(users, SCHEME, max(case.later() for case in cases)), cases


def after(batch: Batch, days: int = 3) -> datetime:
    """When the bank has answered."""
    return batch.exported_at + timedelta(days=days)


def row(batch: Batch, line: int = 1, result: str = "成功", reason: str = "", day: str | None = None) -> list[str]:
    """A line of a return file; entered the day after."""
    entered = f"{after(batch, 1):%Y-%m-%d}" if day is None and result == "成功" else day or ""
    return [batch.number, str(line), result, reason, entered]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    """The rows as the bank's CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([list(HEADINGS), *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list[str]]) -> bytes:
    """The rows as the bank's spreadsheet: line numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number, cells in enumerate(rows, start=1):
            sheet.write_row(number, 0, [cells[0], int(cells[1]), *cells[2:]])
    return out.getvalue()


def told(batch: Batch, *rows: list[str], days: int = 3) -> ReturnFile:
    """A file with these lines, brought in by the maker and confirmed by the checker."""
    at = after(batch, days)
    file, _new = intake.upload(world.user("finance-maker"), world.finance(), as_csv(list(rows)), at)
    return intake.confirm(world.user("finance-checker"), file.pk, at)
