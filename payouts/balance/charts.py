"""The balance in pictures: what was approved by scheme, fund, county and day, and how much of it has gone out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from payouts.balance.days import Day
from payouts.balance.standing import EXPORTED, PAID, Line

ZERO = Decimal("0.00")
# Units of drawing of the longest bar.
LONGEST = 440


@dataclass(frozen=True)
class Bar:
    """One group: `whole` and the `part` of it, in yuan; their lengths in units of drawing, to scale in one chart."""

    label: str
    whole: Decimal
    part: Decimal
    whole_length: int
    part_length: int


@dataclass(frozen=True)
class Chart:
    """Bars of one kind. `code` tells it apart on the page; `heads` name the label, the whole and the part."""

    code: str
    title: str
    heads: tuple[str, str, str]
    bars: list[Bar]

    @property
    def whole(self) -> Decimal:
        """All bars added up."""
        return sum((bar.whole for bar in self.bars), ZERO)

    @property
    def part(self) -> Decimal:
        """Their parts added up."""
        return sum((bar.part for bar in self.bars), ZERO)


def grouped(lines: Iterable[Line], label_of: Callable[[Line], str]) -> list[Bar]:
    """Approved money and what of it has gone to the bank or arrived, by label; the largest first."""
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        found = sums.setdefault(label_of(line), [ZERO, ZERO])
        found[0] += line.approved
        found[1] += line.parts.get(EXPORTED, ZERO) + line.parts.get(PAID, ZERO)
    return drawn([(label, whole, part) for label, (whole, part) in sorted(sums.items(), key=lambda one: -one[1][0])])


def by_day(days: Iterable[Day]) -> list[Bar]:
    """What was approved on each day and what went to the bank; the two are not of the same money."""
    return drawn([(f"{day.on:%Y-%m-%d}", day.approved, day.exported) for day in days])


def drawn(rows: Sequence[tuple[str, Decimal, Decimal]]) -> list[Bar]:
    """Rows with their lengths: the longest as long as a bar can be, what exists at least one unit long."""
    longest = max((max(whole, part) for _label, whole, part in rows), default=ZERO) or Decimal(1)
    return [Bar(label, whole, part, _length(whole, longest), _length(part, longest)) for label, whole, part in rows]


def _length(amount: Decimal, longest: Decimal) -> int:
    return max(1, int(amount * LONGEST / longest)) if amount > 0 else 0
