"""Phase-out of the minimum living allowance 低保渐退期: which phase a household is in, and what it is paid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules import wording
from schemes.rules.assessment import Instalment, Line, Outcome, Result, cited_line, incomplete, refused
from schemes.rules.household import (
    IncomeRules,
    Member,
    counted_income,
    income_without_disabled_wages,
    income_without_disregard,
    is_disabled_worker,
    is_disregarded,
    is_over,
    per_capita,
)
from schemes.rules.money import ZERO, as_text, half_up
from schemes.rules.policy import Policy
from schemes.rules.schedule import phase_out_schedule
from schemes.rules.values import MonthRange

INCOME_VALUES = (
    "dibao_standard",
    "work_cost_deduction",
    "disregard_months",
    "after_disregard_only",
    "cause",
    "equality",
)
SCHEDULE_VALUES = ("phase_out_months", "taper", "cap")


@dataclass(frozen=True, slots=True)
class Situation:
    """A household on the day of the determination, with its incomes per head counted three ways."""

    household: Sequence[Member]
    rules: IncomeRules
    per_capita: Decimal
    over: bool
    over_without_disregard: bool
    over_without_disabled_wages: bool


def income_rules(policy: Policy, determined_on: date) -> IncomeRules:
    """The income rules in force."""
    return IncomeRules(
        standard=policy.value("dibao_standard"),
        work_cost=policy.value("work_cost_deduction"),
        disregard_months=policy.value("disregard_months"),
        determined_on=determined_on,
    )


def situation_of(household: Sequence[Member], policy: Policy, determined_on: date) -> Situation:
    """Incomes per head, and on which side of the standard each lies."""
    rules = income_rules(policy, determined_on)
    counted = per_capita((counted_income(member, rules) for member in household), household)
    undisregarded = per_capita((income_without_disregard(member, rules) for member in household), household)
    unwaged = per_capita((income_without_disabled_wages(member, rules) for member in household), household)
    over = [is_over(income, rules.standard, policy.value("equality")) for income in (counted, undisregarded, unwaged)]
    return Situation(household, rules, counted, *over)


def reason_to_stop(situation: Situation, policy: Policy, benefit: Decimal) -> str:
    """Why a household over the standard has no phase-out, the first that applies; "" where it has one."""
    workers = [member for member in situation.household if is_disabled_worker(member, situation.rules.determined_on)]
    if benefit == 0:
        return "not_in_benefit"
    if not workers:
        return "no_disabled_worker"
    if policy.value("after_disregard_only") and any(is_disregarded(member, situation.rules) for member in workers):
        return "other_income"
    if policy.value("cause") == "disabled_wages" and situation.over_without_disabled_wages:
        return "other_income"
    return ""


def household_phase_out(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The phase of a household, and the schedule where it is phasing out. The day that counts is `determined_on`."""
    used = frozenset(INCOME_VALUES)
    missing = policy.absent(INCOME_VALUES)
    if missing:
        return incomplete(missing, used=used)
    situation = situation_of(facts["household"], policy, facts["determined_on"])
    lines = income_lines(situation, policy)
    if not facts["property_ok"]:
        return _stopped("property", (), lines, policy, used)
    lines = (_passed("property_ok", policy), *lines)
    if not situation.over:
        return _not_over(situation, lines, policy, used)
    reason = reason_to_stop(situation, policy, facts["benefit_monthly"])
    if reason:
        return _stopped(reason, lines, (), policy, used)
    passed = tuple(_passed(code, policy) for code in ("in_benefit", "disabled_worker", "job_income"))
    return _phasing_out(facts, policy, (*lines, *passed), used | frozenset(SCHEDULE_VALUES))


def income_lines(situation: Situation, policy: Policy) -> tuple[Line, ...]:
    """What counts for each member, the income per head, the standard, and how they compare."""
    income, standard = as_text(situation.per_capita), as_text(situation.rules.standard)
    over: Result = "pass" if situation.over else "fail"
    return (
        *member_lines(situation.household, situation.rules, policy),
        cited_line(policy, "per_capita", wording.PER_CAPITA, "info", income),
        cited_line(policy, "dibao_standard", wording.STANDARD, "info", standard, rests_on="dibao_standard"),
        cited_line(policy, "over_standard", wording.OVER, over, income, rests_on="equality"),
    )


def member_lines(household: Sequence[Member], rules: IncomeRules, policy: Policy) -> Iterator[Line]:
    """What counts for each member, and whose wage is left out."""
    for index, member in enumerate(household, start=1):
        counted = as_text(half_up(counted_income(member, rules)))
        yield cited_line(policy, "member_income", wording.member_income(index), "info", counted)
        if is_disregarded(member, rules):
            label, months = wording.member_disregarded(index), str(rules.disregard_months)
            yield cited_line(policy, "disregard", label, "info", months, rests_on="disregard_months")


def _passed(code: str, policy: Policy) -> Line:
    return cited_line(policy, code, wording.PASSED[code], "pass", "true", shown=wording.YES)


def _stopped(
    reason: str, before: tuple[Line, ...], after: tuple[Line, ...], policy: Policy, used: frozenset[str]
) -> Outcome:
    line = cited_line(policy, reason, wording.STOPPED[reason], "fail", "false", shown=wording.NO)
    return refused((*before, line, *after), used, "stopped")


def _not_over(situation: Situation, lines: tuple[Line, ...], policy: Policy, used: frozenset[str]) -> Outcome:
    phase = "disregarding" if situation.over_without_disregard else "within"
    line = cited_line(policy, phase, wording.PHASES[phase], "info", as_text(situation.per_capita))
    return refused((*lines, line), used, phase)


def months_chosen(facts: Mapping[str, Any], allowed: MonthRange) -> int | None:
    """The official's choice, else the default of the policy; None where there is neither."""
    chosen: int | None = facts.get("phase_out_months")
    return allowed.default if chosen is None else chosen


def _phasing_out(facts: Mapping[str, Any], policy: Policy, lines: tuple[Line, ...], used: frozenset[str]) -> Outcome:
    missing = policy.absent(SCHEDULE_VALUES)
    if missing:
        return incomplete(missing, lines, used)
    months = months_chosen(facts, policy.value("phase_out_months"))
    if months is None:
        return incomplete(("phase_out_months",), lines, used)
    capped = policy.value("cap") == "standard_times_members"
    cap = policy.value("dibao_standard") * len(facts["household"]) if capped else None
    benefit, supplement = facts["benefit_monthly"], facts["supplement_monthly"]
    schedule = phase_out_schedule(facts["determined_on"], months, policy.value("taper"), benefit, cap, supplement)
    amount = sum((month.amount for month in schedule), ZERO)
    explained = (*lines, *_schedule_lines(schedule, cap, amount, policy))
    return Outcome(True, amount, explained, schedule, "phasing_out", used=used)


def _schedule_lines(
    schedule: tuple[Instalment, ...], cap: Decimal | None, amount: Decimal, policy: Policy
) -> list[Line]:
    first, last = schedule[0], schedule[-1]
    rows = [
        ("phase_out_months", str(len(schedule)), "phase_out_months"),
        ("first_month", f"{first.starts_on:%Y-%m}", "phase_out_months"),
        ("last_month", f"{last.starts_on:%Y-%m}", "phase_out_months"),
        ("monthly_supplement", as_text(first.supplement), ""),
    ]
    if cap is not None:
        rows.append(("monthly_cap", as_text(cap), "cap"))
    lines = [
        cited_line(policy, code, wording.SCHEDULE[code], "info", value, rests_on=name) for code, value, name in rows
    ]
    return [*lines, cited_line(policy, "amount", wording.PHASE_OUT_AMOUNT, "amount", as_text(amount), rests_on="taper")]
