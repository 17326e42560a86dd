"""Rewards by head and by unit: disabled staff above the quota 超比例奖励, posts, placements."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, limit_line, sum_line
from schemes.rules.interest import up_to
from schemes.rules.money import half_up
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

QUOTA_VALUES = ("quota_percent", "reward_per_person")
QUOTA_FACTS = ("staff_total", "disabled_staff")
UNIT_VALUES = ("unit_amount", "amount_ceiling")
UNIT_FACTS = ("units",)
REQUIRED = Bilingual(zh="按比例应安排的人数", en="Disabled staff the quota asks for")
STAFF = Bilingual(zh="在职残疾职工人数", en="Disabled staff employed")
STAFF_IMPOSSIBLE = Bilingual(
    zh="残疾职工人数不能多于职工总数，请核对", en="Disabled staff cannot be more than all staff; please check"
)
REWARD = Bilingual(zh="每超一人奖励（元）", en="Reward for each person above the quota (yuan)")
REWARD_AMOUNT = Bilingual(zh="奖励金额（元）", en="Amount of the reward (yuan)")
UNITS = Bilingual(zh="符合条件的数量", en="Units that count")
NO_UNITS = Bilingual(zh="数量至少为1", en="At least one unit is needed")
UNIT_AMOUNT = Bilingual(zh="每一单位标准（元）", en="Sum a unit (yuan)")
CEILING = Bilingual(zh="上限（元）", en="Ceiling (yuan)")
AMOUNT = Bilingual(zh="补贴金额（元）", en="Amount of the subsidy (yuan)")


def quota(staff: int, percent: Decimal) -> int:
    """How many disabled staff the quota asks for: parts of a person count as a whole one."""
    return math.ceil(Fraction(percent) * staff / 100)


def over_quota_reward(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The reward for each disabled person employed above the quota."""
    gap = lacking(facts, policy, QUOTA_FACTS, QUOTA_VALUES)
    if gap is not None:
        return gap
    staff, disabled = facts["staff_total"], facts["disabled_staff"]
    required, reward = quota(staff, policy.value("quota_percent")), policy.value("reward_per_person")
    above = max(0, disabled - required)
    lines = (
        *_quota_lines(policy, staff, disabled, required),
        limit_line(
            policy, "above_quota", above_quota(required, above), str(above), holds=above > 0, rests_on="quota_percent"
        ),
        sum_line(policy, "reward_per_person", REWARD, reward, rests_on="reward_per_person"),
    )
    return concluded(
        policy, lines, half_up(reward * above), REWARD_AMOUNT, rests_on="reward_per_person", used=QUOTA_VALUES
    )


def _quota_lines(policy: Policy, staff: int, disabled: int, required: int) -> tuple[Line, ...]:
    possible = disabled <= staff
    label = STAFF if possible else STAFF_IMPOSSIBLE
    return (
        limit_line(policy, "disabled_staff", label, str(disabled), holds=possible, rests_on="quota_percent"),
        cited_line(policy, "quota", REQUIRED, "info", str(required), rests_on="quota_percent"),
    )


def above_quota(required: int, above: int) -> Bilingual:
    """How many are above the quota, and from how many on there is a reward."""
    if not above:
        return Bilingual(
            zh=f"没有超出应安排的{required}人，多于{required}人的部分才有奖励",
            en=f"Nobody is above the {required} the quota asks for; the reward is for those above it",
        )
    return Bilingual(zh=f"超出应安排人数{above}人", en=f"{above} above what the quota asks for")


def per_unit(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """So much a unit, up to the ceiling."""
    gap = lacking(facts, policy, UNIT_FACTS, UNIT_VALUES)
    if gap is not None:
        return gap
    units, unit, ceiling = facts["units"], policy.value("unit_amount"), policy.value("amount_ceiling")
    lines = [
        limit_line(policy, "units", UNITS if units else NO_UNITS, str(units), holds=units > 0, rests_on="unit_amount"),
        sum_line(policy, "unit_amount", UNIT_AMOUNT, unit, rests_on="unit_amount"),
    ]
    if ceiling is not None:
        lines.append(sum_line(policy, "ceiling", CEILING, ceiling, rests_on="amount_ceiling"))
    amount = half_up(up_to(unit * units, ceiling))
    return concluded(policy, lines, amount, AMOUNT, rests_on="unit_amount", used=UNIT_VALUES)
