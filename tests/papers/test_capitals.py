"""Amounts in capitals 大写金额."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.capitals import DIGITS, amount_capitals

UNITS = {"拾": 10, "佰": 100, "仟": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}


@pytest.mark.parametrize(
    "amount,words",
    [
        ("0", "零元整"),
        ("0.00", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角"),
        ("0.56", "伍角陆分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("11", "壹拾壹元整"),
        ("20.50", "贰拾元伍角"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("110", "壹佰壹拾元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1000", "壹仟元整"),
        ("1000.05", "壹仟元零伍分"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1050.50", "壹仟零伍拾元伍角"),
        ("1500", "壹仟伍佰元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000", "壹拾万元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1001000", "壹佰万壹仟元整"),
        ("1010000", "壹佰零壹万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
    ],
)
def test_amounts_as_financial_papers_write_them(amount, words):
    assert amount_capitals(Decimal(amount)) == words


def test_fractions_of_a_fen_round_half_up():
    assert amount_capitals(Decimal("0.005")) == "壹分"
    assert amount_capitals(Decimal("999.995")) == "壹仟元整"


@pytest.mark.parametrize("amount", ["-0.01", "-1000", "10000000000000000"])
def test_amounts_nobody_pays_are_refused(amount):
    with pytest.raises(ValueError, match="capitals"):
        amount_capitals(Decimal(amount))


@given(st.integers(0, 10**12))
def test_every_amount_reads_back_to_itself(fen):
    assert read(amount_capitals(Decimal(fen) / 100)) == fen


def read(words):
    """Fen of an amount in capitals, read the way people do."""
    whole, found, rest = words.removesuffix("整").rpartition("元")
    fen = _whole(whole) * 100 if found else 0
    for mark, worth in (("角", 10), ("分", 1)):
        if mark in rest:
            fen += DIGITS.index(rest[rest.index(mark) - 1]) * worth
    return fen


def _whole(words):
    total = group = digit = 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in UNITS:
            group, digit = group + digit * UNITS[character], 0
        else:
            total, group, digit = total + (group + digit) * GROUPS[character], 0, 0
    return total + group + digit
