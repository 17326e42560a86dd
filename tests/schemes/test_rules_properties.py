"""What must hold of the rules whatever the facts are; the phase-out against a second, naive reading of the contract."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from schemes.rules.assessment import Assessment
from schemes.rules.grants import same_academic_year, year_counted_from
from schemes.rules.household import Member
from schemes.rules.phase_out import household_phase_out
from schemes.rules.policy import Given, Policy
from schemes.rules.values import MonthDay, read_value
from schemes.rules.waivers import deposit_relief
from tests.schemes.naive import Naive

ON = date(2026, 11, 22)
sums = st.integers(0, 500_000).map(lambda fen: Decimal(fen) / 100)
percents = st.integers(0, 12_000).map(lambda parts: Decimal(parts) / 100)
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
members = st.builds(Member, st.booleans(), st.none() | days, sums, sums, sums)


def policy(values):
    return Policy({name: Given(read_value(name, raw), False, "文号", "一") for name, raw in values.items()})


def waiver(kind, size, due, paid):
    return deposit_relief(
        {"deposit_due": due, "deposit_paid": paid}, policy({"relief_kind": kind, "relief_value": size}), ON
    )


def line(outcome, code):
    return next(line.value for line in outcome.lines if line.code == code)


def no_float(value):
    """Nothing in a JSON tree is a float."""
    if isinstance(value, dict):
        return all(no_float(item) for item in value.values())
    if isinstance(value, list):
        return all(no_float(item) for item in value)
    return not isinstance(value, float)


kinds = st.sampled_from(["exempt", "reduce_percent", "reduce_amount"])


@given(kinds, percents, sums, sums)
def test_a_relief_and_a_refund_stay_within_the_deposit(kind, size, due, paid):
    outcome = waiver(kind, size, due, paid)
    assert outcome.eligible
    assert 0 <= outcome.amount <= due
    assert 0 <= Decimal(line(outcome, "refund_owed")) <= paid


@given(kinds, percents, sums, sums)
def test_what_is_kept_is_what_remains_due_or_all_that_was_paid(kind, size, due, paid):
    outcome = waiver(kind, size, due, paid)
    kept = paid - Decimal(line(outcome, "refund_owed"))
    assert kept == min(paid, due - outcome.amount)


@given(st.sampled_from(["reduce_percent", "reduce_amount"]), percents, percents, sums)
def test_a_larger_size_never_relieves_less(kind, one, other, due):
    smaller, larger = (waiver(kind, size, due, Decimal(0)).amount for size in sorted((one, other)))
    assert smaller <= larger


phase_out_policies = st.fixed_dictionaries(
    {
        "dibao_standard": sums,
        "work_cost_deduction": st.fixed_dictionaries(
            {"kind": st.sampled_from(["none", "fixed", "percent_of_wage", "percent_of_standard"]), "value": percents}
        ),
        "disregard_months": st.integers(0, 60),
        "after_disregard_only": st.booleans(),
        "cause": st.sampled_from(["any", "disabled_wages"]),
        "equality": st.sampled_from(["within", "over"]),
        "phase_out_months": st.just({"min": 1, "max": 36, "default": 6}),
        "taper": st.lists(percents, min_size=1, max_size=6),
        "cap": st.sampled_from(["standard_times_members", "none"]),
    }
)
situations = st.fixed_dictionaries(
    {
        "household": st.lists(members, min_size=1, max_size=5).map(tuple),
        "benefit_monthly": sums,
        "supplement_monthly": sums,
        "determined_on": days,
        "property_ok": st.sampled_from([True, True, True, False]),
        "phase_out_months": st.none() | st.integers(1, 36),
    }
)


@given(situations, phase_out_policies)
def test_the_phase_out_agrees_with_a_naive_reading(facts, values):
    outcome = household_phase_out(facts, policy(values), ON)
    phase, reason, months = Naive(facts, values).answer()
    assert outcome.phase == phase
    assert [Fraction(month.amount) for month in outcome.schedule] == months
    assert not reason or line(outcome, reason) == "false"


@given(situations, phase_out_policies)
def test_the_amount_is_the_sum_of_the_schedule_and_nothing_is_a_float(facts, values):
    outcome = household_phase_out(facts, policy(values), ON)
    assert outcome.eligible is (outcome.phase == "phasing_out")
    assert outcome.amount == sum((month.amount for month in outcome.schedule), Decimal(0))
    result = Assessment("dibao-phase-out", "532503", ON, outcome, "assumed").as_json()
    assert no_float(result)
    assert all(isinstance(item["value"], str) for item in result["lines"])


@given(situations, phase_out_policies)
def test_the_same_input_gives_the_same_output(facts, values):
    assert household_phase_out(facts, policy(values), ON) == household_phase_out(facts, policy(values), ON)


@given(situations, phase_out_policies)
def test_the_months_are_whole_and_follow_each_other(facts, values):
    schedule = household_phase_out(facts, policy(values), ON).schedule
    for month in schedule:
        assert month.starts_on.day == 1
        assert (month.ends_on - month.starts_on).days in range(27, 31)
    for earlier, later in pairwise(schedule):
        assert (later.starts_on - earlier.ends_on).days == 1
    if schedule:
        assert schedule[0].starts_on > facts["determined_on"]
        assert (schedule[0].starts_on - facts["determined_on"]).days <= 31


@given(situations, phase_out_policies, sums)
def test_a_larger_benefit_never_pays_less(facts, values, more):
    smaller = household_phase_out(facts, policy(values), ON)
    larger = household_phase_out({**facts, "benefit_monthly": facts["benefit_monthly"] + more}, policy(values), ON)
    assert smaller.amount <= larger.amount


@given(situations, phase_out_policies, sums)
def test_exempt_income_changes_nothing(facts, values, exempt):
    first = facts["household"][0]
    changed = Member(first.disabled, first.employed_since, first.monthly_wage, first.other_monthly_income, exempt)
    with_more = {**facts, "household": (changed, *facts["household"][1:])}
    assert household_phase_out(facts, policy(values), ON) == household_phase_out(with_more, policy(values), ON)


starts = st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28))


@given(starts, days, days)
def test_academic_years_are_the_same_for_both_or_neither(start, one, other):
    assert same_academic_year(start, one, other) == same_academic_year(start, other, one)
    assert same_academic_year(start, one, one)


@given(starts, days)
def test_a_year_counted_from_a_day_begins_on_it(start, day):
    year = year_counted_from(start, day)
    assert date(year, start.month, start.day) <= day < date(year + 1, start.month, start.day)
