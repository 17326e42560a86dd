"""数据比对: a roster of ID numbers held against the living benefits of the official's offices.

Only keyed hashes are compared. Nothing of the roster is kept: neither matches nor anybody else in it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio.reviews import REVIEWERS
from audit import chain
from people import vault
from people.identity import IdentityError, check_id
from people.models import User
from people.posts import posts_of
from people.refusals import Invalid

MOST_ROWS, MOST_BYTES = 20_000, 5 * 1024 * 1024
HEADINGS = ("身份证", "证件号", "公民身份", "id")


@dataclass(frozen=True)
class Match:
    """A row of the roster that is about somebody with a living benefit."""

    row: int
    application: Application


@dataclass(frozen=True)
class Matched:
    """What came of a roster: matches, rows that cannot be read, and how many rows there were."""

    rows: int
    matches: list[Match] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def match(user: User, name: str, content: bytes, at: datetime) -> Matched:
    """Hold a roster (CSV or XLSX, with a column of ID numbers) against what the user's offices have granted.

    Raises Invalid where the file cannot be read or has no such column.
    """
    numbers, faults = _numbers(list(_rows(name, content)))
    found = _granted(user, numbers, at)
    matches = [Match(row, case) for index, row in numbers.items() for case in found.get(index, [])]
    counts = {"rows": len(numbers) + len(faults), "matches": len(matches), "faults": len(faults)}
    chain.record_read(user.username, "roster.matched", data=counts)
    return Matched(counts["rows"], sorted(matches, key=lambda one: one.row), faults)


def _rows(name: str, content: bytes) -> Iterator[list[str]]:
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件超过5兆。请分成几个文件上传。"), code="too_large")
    rows = _sheet(content) if name.lower().endswith((".xlsx", ".xls", ".ods")) else _table(content)
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise Invalid(_("名单超过%(most)s行。请分成几个文件上传。") % {"most": MOST_ROWS}, code="too_long")
        yield [str(cell).strip() for cell in row]


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows as long as they can be read. Raises Invalid for what is no table."""
    try:
        yield from rows
    except csv.Error as error:
        raise Invalid(_("这个表格打不开。请另存为CSV（逗号分隔）后再上传。"), code="unreadable") from error


def _sheet(content: bytes) -> list[list[object]]:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, IndexError) as error:
        raise Invalid(_("这个表格打不开。请另存为CSV（逗号分隔）后再上传。"), code="unreadable") from error


def _table(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _readable(csv.reader(io.StringIO(text)))
    raise Invalid(_("这个文件的文字打不开。请另存为UTF-8编码的CSV后再上传。"), code="unreadable")


def _numbers(rows: list[list[str]]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The keyed hash of each ID number with its row, and what is wrong with the other rows."""
    if not rows:
        raise Invalid(_("这个文件是空的。"), code="empty")
    column = next((n for n, cell in enumerate(rows[0]) if any(word in cell.lower() for word in HEADINGS)), None)
    if column is None:
        raise Invalid(_("第一行没有“身份证号码”一列。请在第一行写上各列的名称。"), code="no_column")
    numbers: dict[str, int] = {}
    faults: list[tuple[int, str]] = []
    for place, row in enumerate(rows[1:], start=2):
        value = row[column] if column < len(row) else ""
        try:
            numbers.setdefault(vault.blind_index("id", check_id(value).number), place)
        except IdentityError as error:
            faults.append((place, str(error.message)))
    return numbers, faults


def _granted(user: User, numbers: dict[str, int], at: datetime) -> dict[str, list[Application]]:
    offices = {post.office_id for post in posts_of(user, at) if post.role in REVIEWERS}
    granted = scope.visible_cases(user, at).filter(
        state=State.GRANTED,
        origin=Application.Origin.ON_APPLICATION,
        subject__id_index__in=list(numbers),
        decisions__kind="grant",
        decisions__office__in=offices,
    )
    found: dict[str, list[Application]] = {}
    for case in granted.select_related("subject", "organisation", "scheme_version").distinct().order_by("pk"):
        found.setdefault(case.subject.id_index, []).append(case)
    return found
