"""Time that has passed: whole months and years between two days, as conditions compare them.

A month is complete on the day of the same number; where the month has no such day, on its last day's morrow. Before the
first day the count is negative, so "not yet" is never taken for "less than a year ago".
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemes.rules.policy import Policy

MONTHS_OF_A_YEAR = 12


def whole_months(since: date, until: date) -> int:
    """Complete months from one day to another; -1 or less while the first still lies ahead."""
    months = (until.year - since.year) * MONTHS_OF_A_YEAR + until.month - since.month
    return months - (until.day < since.day)


def whole_years(since: date, until: date) -> int:
    """Complete years from one day to another; -1 or less while the first still lies ahead."""
    return whole_months(since, until) // MONTHS_OF_A_YEAR


def no_values(policy: Policy) -> tuple[str, ...]:
    """Counting time needs no policy value."""
    return ()


def years_since_graduation(facts: Mapping[str, Any], policy: Policy, on: date) -> int:
    """Complete years since `graduation_date`: 1 means graduated at least one and less than two years ago."""
    return whole_years(facts["graduation_date"], on)


def months_in_business(facts: Mapping[str, Any], policy: Policy, on: date) -> int:
    """Complete months since the business was registered (`registered_on`)."""
    return whole_months(facts["registered_on"], on)


def years_graduated_at_start(facts: Mapping[str, Any], policy: Policy, on: date) -> int:
    """Complete years between graduation and the registration of the business."""
    return whole_years(facts["graduation_date"], facts["registered_on"])


def years_graduated_at_hire(facts: Mapping[str, Any], policy: Policy, on: date) -> int:
    """Complete years between graduation and the day the employer signed the contract (`hired_on`)."""
    return whole_years(facts["graduation_date"], facts["hired_on"])


def claim_has_passed(facts: Mapping[str, Any], policy: Policy, on: date) -> bool:
    """Whether the last of the `months_claimed`, counted from `claimed_from`, is over on the day."""
    claimed: int = facts["months_claimed"]
    return whole_months(facts["claimed_from"], on) >= claimed
