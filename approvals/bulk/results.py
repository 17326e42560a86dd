"""What came of a bulk run: counts for its page, lines a page at a time, and a file for the spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.bulk.reasons import words_of
from approvals.labels import Labels, labels_of
from approvals.models.bulk import BulkLine, BulkRun
from people.spreadsheets import harmless

PAGE_SIZE = 50
AT_ONCE = 500
Result = BulkLine.Result
HEADINGS: tuple[Promise, ...] = (
    gettext_lazy("申请编号"),
    gettext_lazy("事项"),
    gettext_lazy("环节"),
    gettext_lazy("结果"),
    gettext_lazy("原因"),
    gettext_lazy("时间"),
)


@dataclass(frozen=True)
class Shown:
    """One line ready to read. `why` is "" for what is done or waits."""

    item: int
    public_id: str
    number: str
    scheme: str
    stage: str
    result: str
    word: str
    why: str
    at: datetime | None


def reasons_of(run: BulkRun) -> list[tuple[str, str, int]]:
    """Why items were not done, with how many each: (result, words, count), the most frequent first."""
    counted = run.lines.exclude(code="").values_list("result", "code").order_by().annotate(lines=Count("pk"))
    found = sorted(counted, key=lambda row: (-row[2], row[0], row[1]))
    return [(str(Result(result).label), words_of(code), lines) for result, code, lines in found]


def page(run: BulkRun, result: str, after: int) -> tuple[list[Shown], int | None]:
    """The lines after an item, of one result or ("all") of every; with where the next page begins, if there is one."""
    rows = list(_lines(run, result, after)[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return _shown(run, shown), shown[-1].item_id if len(rows) > PAGE_SIZE else None


def as_csv(run: BulkRun) -> bytes:
    """Every line as CSV: UTF-8 with byte order mark, CRLF, cells that no spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(heading) for heading in HEADINGS])
    writer.writerows([harmless(cell) for cell in _cells(line)] for line in _every(run))
    return out.getvalue().encode("utf-8-sig")


def _every(run: BulkRun) -> Iterator[Shown]:
    after = 0
    while rows := list(_lines(run, "all", after)[:AT_ONCE]):
        yield from _shown(run, rows)
        after = rows[-1].item_id


def _cells(line: Shown) -> tuple[str, ...]:
    at = f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}" if line.at else ""
    return line.number, line.scheme, line.stage, line.word, line.why, at


def _lines(run: BulkRun, result: str, after: int):
    lines = run.lines.filter(item__gt=after).select_related("item__owner").order_by("item")
    return lines if result == "all" else lines.filter(result=result)


def _shown(run: BulkRun, rows: Iterable[BulkLine]) -> list[Shown]:
    rows = list(rows)
    labels = labels_of((), {line.item.scheme for line in rows})
    return [_line(run, line, labels) for line in rows]


def _line(run: BulkRun, line: BulkLine, labels: Labels) -> Shown:
    waits = line.result == Result.WAITING
    return Shown(
        item=line.item_id,
        public_id=line.public_id,
        number=line.number,
        scheme=labels.title(line.item.scheme),
        stage=labels.stage(line.item.stage, scheme=line.item.scheme),
        result=line.result or "waiting",
        word=_("没有办理") if waits and not run.is_open else str(Result(line.result).label),
        why=words_of(line.code, line.item) if line.code else "",
        at=line.at,
    )
