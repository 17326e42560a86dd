"""What our books say of a limit, beside what is stated: the greater counts, and a line says so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from applications.books import Granted, compared, same_matter

TODAY = date(2026, 9, 7)


@dataclass
class Case:
    """As much of a case as is counted."""

    policy_date: date = TODAY
    amount: Decimal | None = Decimal("600.00")


def granted(year=2026, **answers):
    return Granted(Case(date(year, 3, 1)), answers)


def found(facts, *rows, **policy):
    known, lines = compared(facts, rows, policy, TODAY)
    return known, [line.value for line in lines]


def test_months_of_every_year_are_added_up():
    rows = (granted(months_claimed=2), granted(2024, months_claimed=3))
    assert found({"months_received": 1}, *rows) == ({"months_received": 5}, ["5"])


@pytest.mark.parametrize("name", ["trips_paid_this_year", "courses_this_year"])
def test_trips_and_courses_of_this_year_alone_are_counted(name):
    assert found({name: 0}, granted(), granted(2025)) == ({name: 1}, ["1"])


@pytest.mark.parametrize("period, total", [("year", "600.00"), ("life", "1200.00")])
def test_sums_are_counted_for_the_time_policy_says(period, total):
    known, told = found({"received_total": "0.00"}, granted(), granted(2025), ceiling_period=period)
    assert (known, told) == ({"received_total": total}, [total])


@pytest.mark.parametrize("stated", [2, 3])
def test_what_is_stated_stands_where_it_is_as_much_or_more(stated):
    assert found({"months_received": stated}, granted(months_claimed=2)) == ({"months_received": stated}, [])


@pytest.mark.parametrize("raw", ["two", None, -1, True])
def test_what_cannot_be_read_is_left_to_the_rules(raw):
    assert found({"months_received": raw}, granted(months_claimed=2)) == ({"months_received": raw}, [])


def test_what_was_not_asked_is_not_answered():
    assert found({"course_fee": "1.00"}, granted(months_claimed=2)) == ({"course_fee": "1.00"}, [])


def test_the_line_says_both_in_both_languages():
    _known, [line] = compared({"months_received": 1}, [granted(months_claimed=2)], {}, TODAY)
    assert line.label_zh == "以前已领月数：本系统记载为2，填写的是1，按记载计算"
    assert line.label_en == "Months received before: 2 on our books, 1 as stated; our books count"
    assert line.result == "info"


@pytest.mark.parametrize(
    "own, other, same",
    [
        ({}, {}, True),
        ({"graduate_id_number": "53250320000101001x"}, {"graduate_id_number": "53250320000101001X "}, True),
        ({"graduate_id_number": "1"}, {"graduate_id_number": "2"}, False),
        ({"graduate_id_number": "1"}, {}, False),
    ],
)
def test_each_graduate_is_a_matter_of_their_own(own, other, same):
    assert same_matter(own, other) is same
