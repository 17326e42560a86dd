"""Whole months and years between two days."""

from datetime import date

import pytest

from schemes.rules.elapsed import claim_has_passed, whole_months, whole_years
from schemes.rules.policy import Policy


@pytest.mark.parametrize(
    "since, until, months",
    [
        ("2026-01-15", "2026-07-14", 5),
        ("2026-01-15", "2026-07-15", 6),
        ("2026-01-15", "2026-01-15", 0),
        ("2026-01-15", "2026-01-14", -1),
        ("2025-08-31", "2026-02-28", 5),
        ("2025-08-31", "2026-03-01", 6),
    ],
)
def test_a_month_is_complete_on_the_day_of_the_same_number(since, until, months):
    assert whole_months(date.fromisoformat(since), date.fromisoformat(until)) == months


@pytest.mark.parametrize(
    "since, until, years",
    [
        ("2024-06-30", "2026-06-29", 1),
        ("2024-06-30", "2026-06-30", 2),
        ("2024-02-29", "2026-02-28", 1),
        ("2024-02-29", "2026-03-01", 2),
    ],
)
def test_a_year_is_complete_on_the_anniversary(since, until, years):
    assert whole_years(date.fromisoformat(since), date.fromisoformat(until)) == years


def test_what_still_lies_ahead_is_not_less_than_a_year_ago():
    assert whole_years(date(2027, 6, 30), date(2026, 11, 22)) == -1


@pytest.mark.parametrize("on, passed", [("2026-10-31", False), ("2026-11-01", True)])
def test_months_are_claimed_once_the_last_of_them_is_over(on, passed):
    facts = {"claimed_from": date(2026, 8, 1), "months_claimed": 3}
    assert claim_has_passed(facts, Policy({}), date.fromisoformat(on)) is passed
