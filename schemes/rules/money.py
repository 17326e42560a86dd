"""Sums of money: read exactly, computed exactly, rounded once, half up to the fen 分.

Sums in and out are Decimal yuan 元 with two places; what lies between is a Fraction, so nothing is rounded early.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
LARGEST = Decimal(10) ** 12
MOST_DIGITS = 40
ZERO = Decimal("0.00")
FEN = Decimal("0.01")
HALF = Fraction(1, 2)


class NotANumberError(ValueError):
    """The raw value is no finite number below a billion yuan in size, or is a float."""


def number(raw: Any) -> Decimal:
    """A JSON number or digits in a string as an exact Decimal. Booleans and floats are refused: NotANumberError."""
    if isinstance(raw, str) and NUMBER.fullmatch(raw.strip()):
        found = Decimal(raw.strip())
    elif isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        found = Decimal(raw)
    else:
        raise NotANumberError
    if not found.is_finite() or len(found.as_tuple().digits) > MOST_DIGITS or abs(found) >= LARGEST:
        raise NotANumberError
    return found


def has_cents(value: Decimal) -> bool:
    """Whether it can be paid out: no part smaller than one fen."""
    return (Fraction(value) * 100).denominator == 1


def half_up(value: Decimal | Fraction) -> Decimal:
    """Rounded to the fen, halves away from zero for the sums here (none is negative). The only rounding there is."""
    if isinstance(value, Decimal) and value == (exact := value.quantize(FEN)):
        return exact
    fen = math.floor(Fraction(value) * 100 + HALF)
    return Decimal(fen).scaleb(-2)


def percent_of(percent: Decimal, whole: Decimal) -> Fraction:
    """So many percent of a sum, exact."""
    return Fraction(percent) * Fraction(whole) / 100


def as_text(value: Decimal) -> str:
    """A sum as the contract writes it: two decimals."""
    return str(half_up(value))
