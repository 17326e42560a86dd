"""A bank's list of the interest its borrowers paid in a quarter, read strictly; what is wrong is told all at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from people.identity import IdentityError, check_id
from people.refusals import Invalid
from people.tables import FaultyFile, RowFault, Table, columns_of, day_of
from schemes.rules.parsing import BadValueError, decimal, money

HEADINGS = (
    CONTRACT, ID, FIRST_DAY, DAYS, PRINCIPAL, RATE, INTEREST,
) = ("借款合同编号", "身份证号码", "起息日", "计息天数", "计息本金", "年利率", "利息")  # fmt: skip
LONGEST_QUARTER, HIGHEST_RATE = 92, 100


@dataclass(frozen=True)
class LoanLine:
    """One loan in one quarter as the bank states it: sums in yuan, the rate in percent a year."""

    row: int
    contract: str
    id_number: str
    first_day: date
    days: int
    principal: Decimal
    rate: Decimal
    interest: Decimal

    @property
    def time(self) -> range:
        """The days of interest, as ordinals."""
        return range(self.first_day.toordinal(), self.first_day.toordinal() + self.days)


def lines_of(table: Table) -> list[LoanLine]:
    """All lines, in the order of the file. Raises Invalid for a table that is none, FaultyFile with every fault: also
    where a contract's quarter stands there twice.
    """
    columns = columns_of(table, HEADINGS)
    faults: list[RowFault] = []
    lines: list[LoanLine] = []
    for row, cells in ((row, cells) for row, cells in enumerate(table[1:], start=2) if any(cells)):
        said = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        read, wrong = _read(row, said)
        faults += wrong
        if read is not None:
            lines.append(read)
    faults += _twice(lines)
    if faults:
        raise FaultyFile(faults)
    if not lines:
        raise Invalid(_("这个文件里没有一笔贷款。"), code="empty")
    return lines


def same_contract(number: Any) -> str:
    """A contract number as it is compared: without blanks, in capitals."""
    return "".join(str(number or "").split()).upper()


def _read(row: int, said: dict[str, str]) -> tuple[LoanLine | None, list[RowFault]]:
    values: dict[str, Any] = {}
    faults: list[RowFault] = []
    for name, reader in READERS.items():
        try:
            values[name] = reader(said[name])
        except (IdentityError, _Wrong) as error:
            faults.append(RowFault(row, name, str(error.message)))
    if faults:
        return None, faults
    return LoanLine(row, *(values[name] for name in HEADINGS)), []


def _twice(lines: list[LoanLine]) -> list[RowFault]:
    earlier: dict[str, list[LoanLine]] = {}
    faults = []
    for line in lines:
        before = earlier.setdefault(line.contract, [])
        same = next((one for one in before if meet(one.time, line.time)), None)
        if same is not None:
            faults.append(
                RowFault(line.row, FIRST_DAY, _("与第%(row)s行是同一笔贷款的同一段时间。") % {"row": same.row})
            )
        before.append(line)
    return faults


def meet(one: range, other: range) -> bool:
    """Whether two spans of days have a day in common."""
    return one.start < other.stop and other.start < one.stop


class _Wrong(Exception):
    """A cell that cannot be read; `message` says what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _contract(text: str) -> str:
    number = same_contract(text)
    if not number:
        raise _Wrong(_("没有填写。"))
    return number


def _id(text: str) -> str:
    return check_id(text).number


def _day(text: str) -> date:
    day = day_of(text)
    if day is None or day.year < 2000 or day.year > 2999:
        raise _Wrong(_("不是有效的日期，应当写成2026-12-01。"))
    return day


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= LONGEST_QUARTER):
        raise _Wrong(_("应当是1到%(most)s之间的整数。") % {"most": LONGEST_QUARTER})
    return int(text)


def _money(text: str) -> Decimal:
    try:
        return money(text.replace(",", ""))
    except BadValueError as error:
        raise _Wrong(_("应当是金额，最多两位小数，例如50000.00。")) from error


def _rate(text: str) -> Decimal:
    try:
        rate = decimal(text.removesuffix("%"))
    except BadValueError as error:
        raise _Wrong(_("应当是年利率的百分数，例如4.35。")) from error
    if not 0 < rate < HIGHEST_RATE:
        raise _Wrong(_("应当是年利率的百分数，例如4.35。"))
    return rate


READERS: dict[str, Callable[[str], Any]] = {
    CONTRACT: _contract,
    ID: _id,
    FIRST_DAY: _day,
    DAYS: _days,
    PRINCIPAL: _money,
    RATE: _rate,
    INTEREST: _money,
}
