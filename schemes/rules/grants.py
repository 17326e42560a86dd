"""One-off grants: a fixed sum from the policy, and who belongs to the cohort of a year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemes.rules.assessment import Outcome, cited_line, incomplete
from schemes.rules.money import ZERO, as_text
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual
from schemes.rules.values import MonthDay

GRANT_AMOUNT = Bilingual(zh="补贴金额（元）", en="Amount of the grant (yuan)")


def no_amount(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """Nothing to pay: a status, a service in kind, or a request that another office decides."""
    return Outcome(eligible=True, amount=ZERO)


def fixed_amount(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The policy value `amount`, paid once."""
    used = frozenset({"amount"})
    missing = policy.absent(("amount",))
    if missing:
        return incomplete(missing, used=used)
    amount = policy.value("amount")
    line = cited_line(policy, "amount", GRANT_AMOUNT, "amount", as_text(amount), rests_on="amount")
    return Outcome(eligible=True, amount=amount, lines=(line,), used=used)


def year_counted_from(starts: MonthDay, day: date) -> int:
    """The calendar year in which the year that holds this day began, years beginning on `starts`."""
    return day.year - ((day.month, day.day) < (starts.month, starts.day))


def same_academic_year(starts: MonthDay, one: date, other: date) -> bool:
    """Whether both days lie in the same year counted from `starts` (that day included)."""
    return year_counted_from(starts, one) == year_counted_from(starts, other)


def cohort_names(policy: Policy) -> tuple[str, ...]:
    """The policy values the cohort rule needs; the start of the year only where years are academic."""
    academic = "cohort_rule" in policy.values and policy.value("cohort_rule") == "academic_year"
    return ("cohort_rule", "cohort_starts") if academic else ("cohort_rule",)


def same_cohort(facts: Mapping[str, Any], policy: Policy, on: date) -> bool:
    """Whether the graduation and the day of application lie in the same year, as `cohort_rule` counts years."""
    graduated: date = facts["graduation_date"]
    if policy.value("cohort_rule") == "calendar_year":
        return graduated.year == on.year
    return same_academic_year(policy.value("cohort_starts"), graduated, on)
