"""Staff counted by head: which part of it is disabled, as conditions compare it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.policy import Policy


def disabled_percent(facts: Mapping[str, Any], policy: Policy, on: date) -> Decimal:
    """The percent of `staff_total` that `disabled_staff` make up; above 100 only where the two cannot both be true."""
    disabled, staff = int(facts["disabled_staff"]), int(facts["staff_total"])
    return Decimal(100 * disabled) / max(staff, 1)
