"""The monthly top-up of a household whose income per head is below the local standard 低保差额补助."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes.rules import wording
from schemes.rules.assessment import Line, Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, limit_line, sum_line
from schemes.rules.household import NOTHING, IncomeRules, Member, counted_income, per_capita
from schemes.rules.money import ZERO, half_up
from schemes.rules.phase_out import income_rules, member_lines
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("dibao_standard", "work_cost_deduction", "disregard_months")
FACTS = ("household", "property_ok")
BELOW = Bilingual(zh="人均收入低于当地低保标准", en="Income per head is below the local standard")
NOT_BELOW = Bilingual(
    zh="人均收入不低于当地低保标准，低于标准时才有补助",
    en="Income per head is not below the local standard; there is a top-up only below it",
)
AMOUNT = Bilingual(zh="每月补助金额（元）", en="Monthly top-up (yuan)")


def household_top_up(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """What brings the household up to the standard, a month. Incomes are looked at on `determined_on`, or `on`."""
    gap = lacking(facts, policy, FACTS, VALUES)
    if gap is not None:
        return gap
    household: Sequence[Member] = facts["household"]
    rules = income_rules(policy, facts.get("determined_on") or on)
    counted = [counted_income(member, rules) for member in household]
    lines = (
        _property_line(policy, facts["property_ok"]),
        *member_lines(household, rules, policy),
        *_standard_lines(policy, rules, per_capita(counted, household)),
    )
    amount = top_up(rules.standard, len(household), sum(counted, NOTHING))
    return concluded(policy, lines, amount, AMOUNT, rests_on="dibao_standard", used=VALUES)


def top_up(standard: Decimal, members: int, counted: Fraction) -> Decimal:
    """The standard for every member less the income that counts, half up to the fen, never below zero."""
    return max(ZERO, half_up(max(NOTHING, Fraction(standard) * members - counted)))


def _property_line(policy: Policy, property_ok: bool) -> Line:
    if property_ok:
        label = wording.PASSED["property_ok"]
        return cited_line(policy, "property_ok", label, "pass", "true", shown=wording.YES)
    return cited_line(policy, "property", wording.STOPPED["property"], "fail", "false", shown=wording.NO)


def _standard_lines(policy: Policy, rules: IncomeRules, income: Decimal) -> tuple[Line, ...]:
    below = income < rules.standard
    label = BELOW if below else NOT_BELOW
    return (
        sum_line(policy, "per_capita", wording.PER_CAPITA, income, rests_on=""),
        sum_line(policy, "dibao_standard", wording.STANDARD, rules.standard, rests_on="dibao_standard"),
        limit_line(policy, "below_standard", label, f"{income:.2f}", holds=below, rests_on="dibao_standard"),
    )
