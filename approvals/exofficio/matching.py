"""数据比对: a roster of ID numbers held against the living benefits of the official's offices.

Only keyed hashes are compared. Nothing of the roster is kept: neither matches nor anybody else in it.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

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
from people.tables import table_of

# "id" as a word of its own: whatever has these letters somewhere in its first line is no roster.
HEADING = re.compile(r"身份证|证件号|公民身份|(?<![a-z])id(?![a-z])")


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


def match(user: User, content: bytes, at: datetime) -> Matched:
    """Hold a roster (CSV or XLSX, with a column of ID numbers) against what the user's offices have granted.

    Raises Invalid where the file cannot be read or has no such column.
    """
    numbers, faults = _numbers(table_of(content, judged=False))
    found = _granted(user, numbers, at)
    matches = [Match(row, case) for index, row in numbers.items() for case in found.get(index, [])]
    counts = {"rows": len(numbers) + len(faults), "matches": len(matches), "faults": len(faults)}
    chain.record_read(user.username, "roster.matched", data=counts)
    return Matched(counts["rows"], sorted(matches, key=lambda one: one.row), faults)


def _numbers(rows: list[list[str]]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The keyed hash of each ID number with its row, and what is wrong with the other rows."""
    if not rows:
        raise Invalid(_("这个文件是空的。"), code="empty")
    column = next((n for n, cell in enumerate(rows[0]) if HEADING.search(cell.lower())), None)
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
