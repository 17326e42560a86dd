"""The share of disabled staff, counted by head and compared exactly."""

from datetime import date
from decimal import Decimal

import pytest

from schemes.rules.headcount import disabled_percent
from schemes.rules.policy import Policy

ON = date(2026, 11, 22)
NOTHING = Policy(values={}, document="", clause="")


def share(staff, disabled):
    return disabled_percent({"staff_total": staff, "disabled_staff": disabled}, NOTHING, ON)


@pytest.mark.parametrize("staff, disabled, percent", [(40, 10, 25), (200, 3, "1.5"), (8, 8, 100), (10, 0, 0)])
def test_the_share_is_disabled_staff_among_all_staff(staff, disabled, percent):
    assert share(staff, disabled) == Decimal(percent)


def test_a_share_just_below_the_limit_is_not_rounded_up_to_it():
    assert share(10_001, 2_500) < 25


def test_more_disabled_staff_than_staff_is_above_all_of_it():
    assert share(4, 5) == 125
    assert share(0, 5) > 100


def test_nobody_at_all_is_no_share():
    assert share(0, 0) == 0
