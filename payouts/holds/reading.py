"""The lines of a roster, read strictly: 身份证号码, and 日期 where there is one. What is wrong is told all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from payouts.models import Ground
from people import vault
from people.identity import IdentityError, check_id
from people.refusals import Invalid
from people.tables import FaultyFile, RowFault, Table, columns_of, day_of

ID, DAY = HEADINGS = ("身份证号码", "日期")
SAME_AS_ID = frozenset({"身份证号", "公民身份号码", "身份证件号码"})
# Without the day of a death nobody could tell the months still owed from those that are not.
NEEDS_DAY = frozenset({Ground.DEATH})
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class RosterLine:
    """One person of a roster: the keyed hash of the ID, the row in the file, and since when (None: it does not say)."""

    index: str
    row: int
    since: date | None


def lines_of(table: Table, kind: str, today: date) -> list[RosterLine]:
    """All lines, in the order of the file; other columns are passed over. Raises Invalid for a table that is none,
    FaultyFile.
    """
    wanted = HEADINGS if kind in NEEDS_DAY else (ID,)
    columns = columns_of(_named(table), wanted, () if kind in NEEDS_DAY else (DAY,))
    faults: list[RowFault] = []
    found: dict[str, RosterLine] = {}
    for row, cells in ((row, cells) for row, cells in enumerate(table[1:], start=2) if any(cells)):
        number, day = (_cell(cells, columns.get(name)) for name in HEADINGS)
        wrong = [RowFault(row, column, message) for column, message in _wrong(number, day, kind, today)]
        faults += wrong
        if wrong:
            continue
        line = RosterLine(vault.blind_index("id", check_id(number).number), row, day_of(day))
        earlier = found.setdefault(line.index, line)
        if earlier is not line:
            faults.append(RowFault(row, ID, _("与第%(row)s行重复。") % {"row": earlier.row}))
    if faults:
        raise FaultyFile(faults)
    if not found:
        raise Invalid(_("这个文件里没有一个人。"), code="empty")
    return list(found.values())


def _named(table: Table) -> Table:
    """The table with the heading other offices use for the ID under its own name."""
    if not table:
        return table
    return [[ID if cell in SAME_AS_ID else cell for cell in table[0]], *table[1:]]


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _wrong(number: str, day: str, kind: str, today: date) -> Iterator[tuple[str, str]]:
    try:
        check_id(number, today=today)
    except IdentityError as error:
        yield ID, str(error.message)
    if not day:
        if kind in NEEDS_DAY:
            yield DAY, _("没有填写。")
        return
    read = day_of(day)
    if read is None:
        yield DAY, _("不是有效的日期，应当写成2026-12-01。")
    elif not EARLIEST <= read <= today:
        yield DAY, _("日期不能在今天以后，也不能早于1900年。")
