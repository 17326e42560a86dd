"""Sums: read exactly, rounded once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemes.rules.money import NotANumberError, as_text, half_up, number, percent_of


@pytest.mark.parametrize("raw", ["1000", "1000.00", 1000, Decimal("1E+3"), " 1000 "])
def test_a_sum_may_be_a_number_or_digits_in_text(raw):
    assert number(raw) == Decimal(1000)


@pytest.mark.parametrize(
    "raw",
    [
        1000.0,
        True,
        None,
        "",
        "1,000",
        "1e3",
        "NaN",
        "١٢",
        "Infinity",
        Decimal("NaN"),
        10**12,
        Decimal("1E+400"),
        [],
        "1.",
        "--1",
    ],
)
def test_anything_else_is_refused(raw):
    with pytest.raises(NotANumberError):
        number(raw)


@pytest.mark.parametrize(
    "exact, rounded",
    [("0.005", "0.01"), ("0.0049999", "0.00"), ("0.015", "0.02"), ("0.025", "0.03"), ("2.675", "2.68"), ("7", "7.00")],
)
def test_halves_go_up(exact, rounded):
    assert str(half_up(Decimal(exact))) == rounded


def test_a_third_is_rounded_from_its_exact_value():
    assert half_up(Fraction(1000, 3)) == Decimal("333.33")


def test_a_fraction_a_hair_below_the_half_goes_down():
    assert half_up(Fraction(5, 1000) - Fraction(1, 10**40)) == Decimal("0.00")


def test_percent_is_exact():
    assert percent_of(Decimal("33.3"), Decimal("0.01")) == Fraction(333, 100_000)


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_rounding_moves_a_sum_by_half_a_fen_at_most(exact):
    assert abs(Fraction(half_up(exact)) - Fraction(exact)) <= Fraction(1, 200)


@given(st.integers(0, 10**11))
def test_whole_fen_are_not_changed(fen):
    assert half_up(Decimal(fen) / 100) == Decimal(fen) / 100


def test_text_has_two_decimals():
    assert as_text(Decimal("1234.5")) == "1234.50"
