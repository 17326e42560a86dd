"""When one can apply and how many can be given: windows and quotas as policy values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemes.rules.parsing import BadValueError
from schemes.rules.windows import quota, window

AUTUMN = window([{"opens": "09-01", "closes": "10-15"}])
ROUNDS = window(
    [{"opens": "2024-11-04", "closes": "2024-11-19"}, {"opens": "2025-04-28", "closes": "2025-05-12"}],
)


@pytest.mark.parametrize(
    "day, is_open",
    [("08-31", False), ("09-01", True), ("10-15", True), ("10-16", False)],
)
def test_a_yearly_window_holds_both_its_ends(day, is_open):
    assert AUTUMN.is_open(date.fromisoformat(f"2026-{day}")) is is_open


@pytest.mark.parametrize(
    "day, is_open",
    [("2024-11-03", False), ("2024-11-19", True), ("2025-01-01", False), ("2025-05-12", True), ("2025-11-05", False)],
)
def test_rounds_on_given_days(day, is_open):
    assert ROUNDS.is_open(date.fromisoformat(day)) is is_open


@pytest.mark.parametrize("day, is_open", [("2026-12-31", True), ("2027-01-15", True), ("2027-02-01", False)])
def test_a_window_over_the_new_year(day, is_open):
    winter = window([{"opens": "12-01", "closes": "01-31"}])
    assert winter.is_open(date.fromisoformat(day)) is is_open


def test_the_next_opening_of_a_yearly_window():
    assert AUTUMN.next_opening(date(2026, 8, 1)) == date(2026, 9, 1)
    assert AUTUMN.next_opening(date(2026, 11, 1)) == date(2027, 9, 1)


def test_after_the_last_round_there_is_no_next():
    assert ROUNDS.next_opening(date(2024, 12, 1)) == date(2025, 4, 28)
    assert ROUNDS.next_opening(date(2025, 6, 1)) is None


def test_the_leap_day_is_the_first_of_march_elsewhere():
    assert window([{"opens": "02-29", "closes": "03-31"}]).next_opening(date(2027, 1, 1)) == date(2027, 3, 1)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_yearly_window_is_open_on_the_day_it_opens_next(on):
    opening = AUTUMN.next_opening(on)
    assert opening is not None
    assert opening > on
    assert AUTUMN.is_open(opening)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        [{"opens": "09-01"}],
        [{"opens": "09-01", "closes": "2026-10-15"}],
        [{"opens": "2026-10-01", "closes": "2026-09-01"}],
        [{"opens": "13-01", "closes": "10-15"}],
        [{"opens": "02-30", "closes": "10-15"}],
    ],
)
def test_a_window_that_cannot_be(raw):
    with pytest.raises(BadValueError):
        window(raw)


def test_a_quota():
    assert quota({"per_year": 220}) == 220


@pytest.mark.parametrize("raw", [None, 220, {}, {"per_year": -1}, {"per_year": "many"}, {"per_month": 3}])
def test_a_quota_that_cannot_be(raw):
    with pytest.raises(BadValueError):
        quota(raw)
