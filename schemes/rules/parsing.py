"""Reading raw JSON values as what they must be; a BadValueError says in two languages what was expected."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.money import NotANumberError, has_cents, number
from schemes.rules.texts import Bilingual

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIVISION_CODE = re.compile(r"[0-9]{6}([0-9]{3}|[0-9]{6})?")
LONGEST_TEXT = 200
MOST_MONTHS = 1200
LARGEST_COUNT = 10_000_000
LONGEST_LONG_TEXT = 4000


class BadValueError(ValueError):
    """A raw value that cannot be what it must be; the message repeats nothing that was entered."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Bilingual(zh=zh, en=en)


def decimal(raw: Any) -> Decimal:
    """A number of zero or more, exact."""
    try:
        found = number(raw)
    except NotANumberError as error:
        raise BadValueError("应为数字", "must be a number") from error
    if found < 0:
        raise BadValueError("不能小于零", "must not be negative")
    return found


def money(raw: Any) -> Decimal:
    """A sum in yuan of zero or more, with at most two decimals."""
    found = decimal(raw)
    if not has_cents(found):
        raise BadValueError("金额最多两位小数", "must have at most two decimals")
    return found


def whole(raw: Any) -> int:
    """A whole number of zero or more; months are counted with it."""
    return _whole_up_to(MOST_MONTHS, raw)


def count(raw: Any) -> int:
    """A whole number of zero or more: people, days, metres."""
    return _whole_up_to(LARGEST_COUNT, raw)


def _whole_up_to(largest: int, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadValueError("应为整数", "must be a whole number")
    if not 0 <= raw <= largest:
        raise BadValueError(f"应在0到{largest}之间", f"must be between 0 and {largest}")
    return raw


def truth(raw: Any) -> bool:
    """true or false."""
    if not isinstance(raw, bool):
        raise BadValueError("应为是或否（true 或 false）", "must be true or false")
    return raw


def day(raw: Any) -> date:
    """A day written YYYY-MM-DD."""
    if type(raw) is date:
        return raw
    if not isinstance(raw, str) or not ISO_DAY.fullmatch(raw):
        raise BadValueError("应为日期，写作 2026-07-01", "must be a date written 2026-07-01")
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise BadValueError("没有这一天", "there is no such day") from error


def text(raw: Any) -> str:
    """Text of limited length, without white space around it."""
    return _text_up_to(LONGEST_TEXT, raw)


def long_text(raw: Any) -> str:
    """Text of several lines, of limited length, without white space around it."""
    return _text_up_to(LONGEST_LONG_TEXT, raw)


def _text_up_to(longest: int, raw: Any) -> str:
    if not isinstance(raw, str):
        raise BadValueError("应为文字", "must be text")
    found = raw.strip()
    if len(found) > longest:
        raise BadValueError(f"不能超过{longest}个字", f"must not be longer than {longest} characters")
    return found


def division_code(raw: Any) -> str:
    """A GB/T 2260 code: 6 digits, or 9 or 12 for townships and villages."""
    found = text(raw)
    if not DIVISION_CODE.fullmatch(found):
        raise BadValueError("应为6、9或12位行政区划代码", "must be a division code of 6, 9 or 12 digits")
    return found


def one_of(*allowed: str) -> Callable[[Any], str]:
    """A reader for one of these codes."""

    def read(raw: Any) -> str:
        if not isinstance(raw, str) or raw not in allowed:
            listed = ", ".join(allowed)
            raise BadValueError(f"应为以下之一：{listed}", f"must be one of: {listed}")
        return raw

    return read
