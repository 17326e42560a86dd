"""Training: an allowance by the day for those who attended, and fees paid back up to a ceiling."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome
from schemes.rules.categories import categories_in, category_lines, highest
from schemes.rules.explaining import concluded, lacking, limit_line, short, sum_line
from schemes.rules.money import ZERO, as_text, half_up
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

ATTENDANCE_VALUES = ("attendance_percent", "fee_ceiling")
DAILY_VALUES = ("daily_amount", "category_amounts")
ATTENDANCE_FACTS = ("days_attended", "days_planned", "course_fee")
CAP_VALUES = ("courses_per_year", "total_ceiling", "ceiling_period")
CAP_FACTS = ("course_fee", "courses_this_year", "received_total")

DAYS = Bilingual(zh="出勤天数", en="Days attended")
DAYS_IMPOSSIBLE = Bilingual(
    zh="出勤天数不能多于计划天数，计划天数至少为1天，请核对",
    en="Days attended cannot be more than days planned, of which there is at least one; please check",
)
DAILY = Bilingual(zh="每天标准（元）", en="Sum a day (yuan)")
ALLOWANCE = Bilingual(zh="按出勤天数计算（元）", en="For the days attended (yuan)")
FEE = Bilingual(zh="培训费，不超过上限（元）", en="Course fee, up to the ceiling (yuan)")
AMOUNT = Bilingual(zh="补贴金额（元）", en="Amount of the allowance (yuan)")
PERIODS = {"year": Bilingual(zh="每年", en="a year"), "life": Bilingual(zh="累计", en="in a lifetime")}


def daily_names(policy: Policy) -> tuple[str, ...]:
    """Which of the two daily sums the policy has; the general one is asked for where it has neither."""
    return tuple(name for name in DAILY_VALUES if name in policy.values) or DAILY_VALUES[:1]


def daily_facts(facts: Mapping[str, Any], policy: Policy) -> tuple[str, ...]:
    """The categories, where there are no daily sums but by category and none was answered."""
    only_by_category = daily_names(policy) == ("category_amounts",)
    return ("categories",) if only_by_category and categories_in(facts) is None else ()


def daily_sum(facts: Mapping[str, Any], policy: Policy) -> Decimal | None:
    """The highest daily sum that fits: the general one, or that of a category; None where none fits."""
    general = [policy.value("daily_amount")] if "daily_amount" in policy.values else []
    by_category = highest(policy, categories_in(facts) or ()) if "category_amounts" in policy.values else None
    return max((*general, *([] if by_category is None else [by_category])), default=None)


def daily_source(policy: Policy, daily: Decimal | None) -> str:
    """Which policy value the daily sum that counts comes from."""
    names = daily_names(policy)
    general = "daily_amount" in policy.values and policy.value("daily_amount") == daily
    return names[0] if general or len(names) == 1 else names[1]


def attendance_allowance(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """So much for each day attended, and the course fee up to its ceiling, for who attended enough of the course."""
    names = (*ATTENDANCE_VALUES, *daily_names(policy))
    gap = lacking(facts, policy, (*ATTENDANCE_FACTS, *daily_facts(facts, policy)), names)
    if gap is not None:
        return gap
    daily = daily_sum(facts, policy)
    source = daily_source(policy, daily)
    allowance = half_up((daily or ZERO) * facts["days_attended"])
    fee = capped(facts["course_fee"], policy.value("fee_ceiling"))
    lines = [*_attendance_lines(facts, policy), *_daily_lines(facts, policy, daily)]
    lines.append(sum_line(policy, "allowance", ALLOWANCE, allowance, rests_on=source))
    lines.append(sum_line(policy, "course_fee", FEE, fee, rests_on="fee_ceiling"))
    return concluded(policy, lines, allowance + fee, AMOUNT, rests_on=source, used=names)


def capped(sum_: Decimal, ceiling: Decimal | None) -> Decimal:
    """A sum up to its ceiling (None: there is none)."""
    return half_up(sum_ if ceiling is None else min(sum_, ceiling))


def _attendance_lines(facts: Mapping[str, Any], policy: Policy) -> tuple[Line, ...]:
    attended, planned = facts["days_attended"], facts["days_planned"]
    needed: Decimal = policy.value("attendance_percent")
    possible = planned >= 1 and attended <= planned
    days = limit_line(
        policy,
        "days_attended",
        DAYS if possible else DAYS_IMPOSSIBLE,
        f"{attended}/{planned}",
        holds=possible,
        rests_on="attendance_percent",
    )
    holds = possible and attended * 100 >= needed * planned
    label = attendance_needed(needed)
    shown = f"{attended}/{planned}"
    return days, limit_line(policy, "attendance", label, shown, holds=holds, rests_on="attendance_percent")


def attendance_needed(percent: Decimal) -> Bilingual:
    """How much of the course must be attended."""
    text = short(percent)
    return Bilingual(zh=f"出勤须达到计划天数的{text}%", en=f"At least {text}% of the days planned must be attended")


def _daily_lines(facts: Mapping[str, Any], policy: Policy, daily: Decimal | None) -> list[Line]:
    categories, lines = categories_in(facts), []
    if categories is not None and "category_amounts" in policy.values:
        found = category_lines(policy, categories)
        # Somebody of no category still has the general sum where there is one.
        lines += [line for line in found if line.result != "fail" or daily is None]
    if daily is not None:
        lines.append(sum_line(policy, "daily_amount", DAILY, daily, rests_on=daily_source(policy, daily)))
    return lines


def training_cap(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The course fee, while courses of the year and money under the ceiling are left."""
    gap = lacking(facts, policy, CAP_FACTS, CAP_VALUES)
    if gap is not None:
        return gap
    most, had = policy.value("courses_per_year"), facts["courses_this_year"]
    ceiling, received = policy.value("total_ceiling"), facts["received_total"]
    left = None if ceiling is None else max(ZERO, ceiling - received)
    lines = [_courses_line(policy, most, had)]
    if left is not None:
        lines.append(_ceiling_line(policy, ceiling, received, left))
    return concluded(
        policy, lines, capped(facts["course_fee"], left), AMOUNT, rests_on="total_ceiling", used=CAP_VALUES
    )


def _courses_line(policy: Policy, most: int, had: int) -> Line:
    left = max(0, most - had)
    label = Bilingual(
        zh=f"每年最多补贴{most}次培训，今年已补贴{had}次，还可补贴{left}次",
        en=f"At most {most} courses a year; {had} were paid this year, {left} can still be paid",
    )
    return limit_line(policy, "courses_left", label, str(left), holds=left > 0, rests_on="courses_per_year")


def _ceiling_line(policy: Policy, ceiling: Decimal, received: Decimal, left: Decimal) -> Line:
    period = PERIODS[policy.value("ceiling_period")]
    most, had, rest = as_text(ceiling), as_text(received), as_text(left)
    label = Bilingual(
        zh=f"{period.zh}最多补贴{most}元，已补贴{had}元，还可补贴{rest}元",
        en=f"At most {most} yuan {period.en}; {had} yuan were paid, {rest} yuan can still be paid",
    )
    return limit_line(policy, "ceiling_left", label, rest, holds=left > 0, rests_on="total_ceiling")
