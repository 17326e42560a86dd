"""Households 家庭: who works, what counts as income, and the income per head."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from schemes.rules.money import half_up, percent_of
from schemes.rules.values import WorkCost

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household; sums in yuan a month. Exempt income never counts and is not part of the other."""

    disabled: bool
    employed_since: date | None
    monthly_wage: Decimal
    other_monthly_income: Decimal
    exempt_monthly_income: Decimal


@dataclass(frozen=True, slots=True)
class IncomeRules:
    """The policy values that say what of a wage counts, on the day of the determination."""

    standard: Decimal
    work_cost: WorkCost
    disregard_months: int
    determined_on: date


def is_employed(member: Member, on: date) -> bool:
    """Employed since a day that is not after `on`; where the day is not known, whoever has a wage."""
    if member.employed_since is None:
        return member.monthly_wage > 0
    return member.employed_since <= on


def is_disabled_worker(member: Member, on: date) -> bool:
    """Disabled and employed: only these members have work costs deducted and wages disregarded."""
    return member.disabled and is_employed(member, on)


def months_between(earlier: date, later: date) -> int:
    """How many calendar months lie between the months of two days (0 in the same month)."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def is_disregarded(member: Member, rules: IncomeRules) -> bool:
    """Whether a disabled worker's wage is left out: N calendar months, the first being that of `employed_since`."""
    if member.employed_since is None or not is_disabled_worker(member, rules.determined_on):
        return False
    return months_between(member.employed_since, rules.determined_on) < rules.disregard_months


def work_cost(member: Member, rules: IncomeRules) -> Fraction:
    """What the cost of working takes off a disabled worker's wage, before the floor at zero."""
    if not is_disabled_worker(member, rules.determined_on) or rules.work_cost.kind == "none":
        return NOTHING
    size = rules.work_cost.value
    if rules.work_cost.kind == "fixed":
        return Fraction(size)
    return percent_of(size, member.monthly_wage if rules.work_cost.kind == "percent_of_wage" else rules.standard)


def wage_after_costs(member: Member, rules: IncomeRules) -> Fraction:
    """The wage less work costs, not below zero, nothing disregarded."""
    return max(NOTHING, Fraction(member.monthly_wage) - work_cost(member, rules))


def counted_income(member: Member, rules: IncomeRules) -> Fraction:
    """What of a member's income counts: the wage after costs (nothing while disregarded) and the other income."""
    wage = NOTHING if is_disregarded(member, rules) else wage_after_costs(member, rules)
    return wage + Fraction(member.other_monthly_income)


def income_without_disregard(member: Member, rules: IncomeRules) -> Fraction:
    """What would count if nothing were disregarded; work costs are still deducted."""
    return wage_after_costs(member, rules) + Fraction(member.other_monthly_income)


def income_without_disabled_wages(member: Member, rules: IncomeRules) -> Fraction:
    """What would count if the wages of disabled workers were zero."""
    if is_disabled_worker(member, rules.determined_on):
        return Fraction(member.other_monthly_income)
    return counted_income(member, rules)


def per_capita(incomes: Iterable[Fraction], household: Sequence[Member]) -> Decimal:
    """The sum of the incomes by the number of members, rounded once, half up, to the fen."""
    return half_up(sum(incomes, NOTHING) / len(household))


def is_over(income: Decimal, standard: Decimal, equality: str) -> bool:
    """Whether an income per head is over the standard; `equality` says on which side the standard itself lies."""
    return income > standard or (income == standard and equality == "over")
