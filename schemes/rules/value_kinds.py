"""How the commoner kinds of policy values are read: shares, percents, ceilings that may be absent, tables of sums."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes.rules.money import NUMBER
from schemes.rules.parsing import BadValueError, decimal, money, one_of, whole

NONE = "none"
QUOTIENT = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
DAY_BASES = (360, 365)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class SpacingRule:
    """How far the distance between shops may shrink; percents of the standard distance.

    `to_percent`: to `least`–`most` percent of it; `reduced_by`: by `least`–`most` percent of it.
    """

    kind: str
    least: Decimal
    most: Decimal

    @property
    def kept(self) -> tuple[Decimal, Decimal]:
        """The percent of the standard distance that must be kept: most lenient and strictest reading."""
        if self.kind == "to_percent":
            return self.least, self.most
        return HUNDRED - self.most, HUNDRED - self.least


def percent(raw: Any) -> Decimal:
    """A percent between 0 and 100."""
    found = decimal(raw)
    if found > HUNDRED:
        raise BadValueError("百分比不能大于100", "must not be more than 100 percent")
    return found


def share(raw: Any) -> Fraction:
    """A part of the whole, more than nothing and at most all of it: "2/3", "0.5" or "1"."""
    found = _quotient(raw)
    if not 0 < found <= 1:
        raise BadValueError("比例应大于0，不超过1，例如 2/3", "must be more than 0 and at most 1, such as 2/3")
    return found


def _quotient(raw: Any) -> Fraction:
    parts = QUOTIENT.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if parts is not None and int(parts[2]) > 0:
        return Fraction(int(parts[1]), int(parts[2]))
    if isinstance(raw, str) and not NUMBER.fullmatch(raw.strip()):
        raise BadValueError("应为比例，写作 2/3 或 1", "must be a share written 2/3 or 1")
    return Fraction(decimal(raw))


def or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader for a ceiling that the text "none" takes away: None then."""

    def read_ceiling(raw: Any) -> Any:
        return None if raw == NONE else read(raw)

    return read_ceiling


def from_one(raw: Any) -> int:
    """A whole number of at least one: how often something may be had."""
    found = whole(raw)
    if found < 1:
        raise BadValueError("至少为1", "must be at least 1")
    return found


def day_basis(raw: Any) -> int:
    """The days a year of interest is counted with: 360 or 365."""
    found = whole(raw)
    if found not in DAY_BASES:
        raise BadValueError("应为360或365", "must be 360 or 365")
    return found


def sums_by_code(raw: Any) -> Mapping[str, Decimal]:
    """Sums in yuan by code, at least one."""
    if not isinstance(raw, Mapping) or not raw or not all(_is_code(code) for code in raw):
        raise BadValueError(
            "应为“代码 → 金额”的对照表，至少一项，代码用小写字母、数字、下划线或连字符",
            "must be a table of sums by code with at least one entry; codes are lower-case letters, digits, _ and -",
        )
    return {code: money(sum_) for code, sum_ in raw.items()}


def _is_code(code: Any) -> bool:
    return isinstance(code, str) and CODE.fullmatch(code) is not None


def sums_for(codes: Collection[str]) -> Callable[[Any], Mapping[str, Decimal]]:
    """A reader for sums by code where only these codes may stand."""

    def read(raw: Any) -> Mapping[str, Decimal]:
        found = sums_by_code(raw)
        if not set(found) <= set(codes):
            listed = ", ".join(codes)
            raise BadValueError(f"只能填写 {listed}", f"may only hold {listed}")
        return found

    return read


def spacing_rule(raw: Any) -> SpacingRule:
    """{"kind": "to_percent" or "reduced_by", "min": 70, "max": 90}: percents of the standard distance."""
    if not isinstance(raw, Mapping) or set(raw) != {"kind", "min", "max"}:
        raise BadValueError("应为含有 kind, min, max 的对象", "must be an object with the keys kind, min, max")
    kind = one_of("to_percent", "reduced_by")(raw["kind"])
    least, most = percent(raw["min"]), percent(raw["max"])
    if least > most:
        raise BadValueError("min 不能大于 max", "min must not be more than max")
    return SpacingRule(kind, least, most)
