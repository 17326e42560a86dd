"""Ways of writing very many lines, each measured in a process of its own so that its memory is measured alone."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import timezone

from payouts.columns import Row
from payouts.files import rows_of
from payouts.filing import Filing, Parts
from payouts.models import Batch
from payouts.profiles import read_profiles
from payouts.writers.delimited import DelimitedWriter
from payouts.writers.pain import PainWriter
from payouts.writers.sheet import SheetWriter
from people import sealed_files, vault

STATUS = Path("/proc/self/status")
SCHEME, BANK, NUMBER = "一次性求职补贴", "云南农村信用社", "PC532500202600001"
WIDE = "gb18030-csv"
PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def in_a_process(variant: str, lines: int, batch: str = "") -> dict[str, float]:
    """Seconds, those of the processor, and the most memory in MB of one way, by `manage.py bench_lines`."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench_lines", variant, str(lines), batch]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measured(variant: str, lines: int, batch: str) -> dict[str, float]:
    """The same, in this process."""
    began, worked = time.perf_counter(), time.process_time()
    WAYS[variant](lines, batch)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "peak_mb": _peak()}


def _peak() -> float:
    """The most memory this process has held; unlike what `resource` says, nothing of the process that started it."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


def _rows(count: int) -> Iterator[Row]:
    """Lines no two of which are alike."""
    for n in range(1, count + 1):
        case, name, number, account = f"QZ{n:016d}", f"欧阳雅{n}", f"5325241999{n:08d}", f"62999900000{n:08d}"
        yield Row(n, NUMBER, SCHEME, case, name, number, account, BANK, Decimal("1000.00"), "2026", "532503")


def _raw(lines: int, _batch: str, **options: bool) -> None:
    """The same cells with XlsxWriter alone."""
    with tempfile.TemporaryDirectory() as room, xlsxwriter.Workbook(f"{room}/raw.xlsx", PLAIN | options) as book:
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "#,##0.00"})
        for line, row in enumerate(_rows(lines)):
            for column, cell in enumerate(vars(row).values()):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell, text)
                else:
                    sheet.write_number(line, column, cell, money if isinstance(cell, Decimal) else None)


def _sheet(lines: int, _batch: str) -> None:
    """The spreadsheet of a batch: made harmless, hashed, sealed and stored."""
    _file(_rows(lines), {"xlsx": lambda out: SheetWriter(out, NUMBER, timezone.now(), lines)})


def _everything(lines: int, number: str) -> None:
    """Every file of a batch, each line decrypted; a batch that has fewer is read over and over."""
    batch, on = Batch.objects.select_related("data_key").get(number=number), timezone.localdate()
    profiles = read_profiles()
    begins: dict[str, Callable] = {
        "xlsx": lambda out: SheetWriter(out, NUMBER, timezone.now(), lines),
        "csv": partial(DelimitedWriter, profile=profiles["contract"], on=on),
        "bank": partial(DelimitedWriter, profile=profiles[WIDE], on=on),
        "pain": lambda out: PainWriter(out, NUMBER, SCHEME, timezone.now(), lines, Decimal(lines * 1000)),
    }
    _file(_over_and_over(batch, lines), begins)


def _over_and_over(batch: Batch, lines: int) -> Iterator[Row]:
    def endless() -> Iterator[Row]:
        while True:
            yield from rows_of(batch)

    for line, row in enumerate(islice(endless(), lines), start=1):
        yield replace(row, line=line)


def _file(rows: Iterator[Row], begins: dict[str, Callable]) -> None:
    with Filing(vault.new_data_key()) as filing:
        kinds = [Parts(filing, kind, begin) for kind, begin in begins.items()]
        for row in rows:
            for parts in kinds:
                parts.add(row)
        for parts in kinds:
            parts.close()
    for filed in filing.filed:
        sealed_files.remove(filed.stored)


WAYS: dict[str, Callable[[int, str], Any]] = {
    "raw": _raw,
    "raw-sparing": partial(_raw, constant_memory=True),
    "sheet": _sheet,
    "everything": _everything,
}
