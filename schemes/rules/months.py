"""Benefits by the month: how many months are claimed, how many are left, and a fixed sum for each."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome
from schemes.rules.explaining import concluded, lacking, limit_line, sum_line
from schemes.rules.money import half_up
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("monthly_amount", "months_ceiling")
MONTHLY = Bilingual(zh="每月标准（元）", en="Sum a month (yuan)")
AMOUNT = Bilingual(zh="本次补贴金额（元）", en="Amount for the months claimed (yuan)")
MONTHS_CLAIMED = Bilingual(zh="申领月数", en="Months claimed")
NO_MONTH_CLAIMED = Bilingual(zh="申领月数至少为1个月", en="At least one month must be claimed")


def months_facts(policy: Policy) -> tuple[str, ...]:
    """The facts about months that are needed: what was received counts only where months are limited."""
    limited = "months_ceiling" in policy.values and policy.value("months_ceiling") is not None
    return ("months_claimed", "months_received") if limited else ("months_claimed",)


def months_lines(facts: Mapping[str, Any], policy: Policy) -> tuple[Line, ...]:
    """That at least a month is claimed, and not more of them than are left."""
    claimed: int = facts["months_claimed"]
    label = MONTHS_CLAIMED if claimed else NO_MONTH_CLAIMED
    first = limit_line(policy, "months_claimed", label, str(claimed), holds=claimed > 0, rests_on="months_ceiling")
    ceiling: int | None = policy.value("months_ceiling")
    return (first,) if ceiling is None else (first, _left_line(policy, claimed, facts["months_received"], ceiling))


def _left_line(policy: Policy, claimed: int, received: int, ceiling: int) -> Line:
    left = max(0, ceiling - received)
    label = months_left(ceiling, received, left)
    return limit_line(policy, "months_left", label, str(left), holds=claimed <= left, rests_on="months_ceiling")


def months_left(ceiling: int, received: int, left: int) -> Bilingual:
    """What is possible: the most there is, what was had, what is left."""
    if not left:
        return Bilingual(
            zh=f"最多补贴{ceiling}个月，已领{received}个月，没有剩余月数",
            en=f"Paid for {ceiling} months at most; {received} received, none is left",
        )
    return Bilingual(
        zh=f"最多补贴{ceiling}个月，已领{received}个月，本次最多可申领{left}个月",
        en=f"Paid for {ceiling} months at most; {received} received, up to {left} can be claimed now",
    )


def monthly_amount(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The policy value `monthly_amount` for each month claimed."""
    gap = lacking(facts, policy, months_facts(policy), VALUES)
    if gap is not None:
        return gap
    monthly: Decimal = policy.value("monthly_amount")
    lines = (
        *months_lines(facts, policy),
        sum_line(policy, "monthly_amount", MONTHLY, monthly, rests_on="monthly_amount"),
    )
    amount = half_up(monthly * facts["months_claimed"])
    return concluded(policy, lines, amount, AMOUNT, rests_on="monthly_amount", used=VALUES)
