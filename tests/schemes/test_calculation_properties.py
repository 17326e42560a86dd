"""What must hold of every calculation whatever the facts and the policy are."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemes.rules.assessment import Assessment
from schemes.rules.money import half_up
from schemes.rules.registry import CALCULATION_FACTS, CALCULATION_VALUES, CALCULATIONS
from tests.schemes import naive_sums
from tests.schemes.rulebook import ON, calculate, line
from tests.schemes.strategies import CASES, any_case, small_sums, sums
from tests.schemes.test_rules_properties import no_float

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])


def test_every_calculation_is_tried_here_or_beside_here():
    elsewhere = {"no_amount", "fixed_amount", "deposit_relief", "household_phase_out"}
    assert set(CASES) | elsewhere == set(CALCULATIONS) == set(CALCULATION_FACTS) == set(CALCULATION_VALUES)


@unhurried
@given(any_case)
def test_the_same_input_gives_the_same_output_exact_and_explained(case):
    outcome = calculate(*case)
    assert outcome == calculate(*case)
    result = Assessment("any", "532503", ON, outcome, "stated").as_json()
    assert no_float(result)
    assert isinstance(outcome.amount, Decimal)
    assert outcome.amount == half_up(outcome.amount) >= 0
    for explained in result["lines"]:
        assert explained["document"]
        assert explained["label_zh"]
        assert not CHINESE.search(explained["label_en"])
        assert isinstance(explained["value"], str)


@unhurried
@given(any_case)
def test_the_amount_is_the_sum_of_the_amount_lines_and_nothing_when_refused(case):
    outcome = calculate(*case)
    total = sum((Decimal(one.value) for one in outcome.lines if one.result == "amount"), Decimal(0))
    assert outcome.amount == total
    assert outcome.eligible is not any(one.result == "fail" for one in outcome.lines)
    assert outcome.eligible or outcome.amount == 0


@unhurried
@given(any_case)
def test_every_value_used_is_cited_or_at_least_named(case):
    name, _facts, values = case
    outcome = calculate(*case)
    assert set(CALCULATION_VALUES[name]) <= outcome.used <= set(values)
    assert {one.clause for one in outcome.lines} <= set(values) | {"总"}


@unhurried
@given(any_case, st.data())
def test_without_a_value_it_needs_nothing_is_decided(case, data):
    name, facts, values = case
    gone = data.draw(st.sampled_from(sorted(CALCULATION_VALUES[name])))
    outcome = calculate(name, facts, {known: raw for known, raw in values.items() if known != gone})
    assert (outcome.eligible, outcome.amount) == (None, None)
    assert gone in outcome.missing
    assert line(outcome, "missing")


@unhurried
@given(any_case, st.data())
def test_without_a_fact_it_needs_nothing_is_decided(case, data):
    name, facts, values = case
    gone = data.draw(st.sampled_from(sorted(CALCULATION_FACTS[name] or ["categories"])))
    outcome = calculate(name, {known: raw for known, raw in facts.items() if known != gone}, values)
    assert outcome.eligible is None
    assert outcome.missing in ((gone,), ("category",))


NAIVE = [
    "share_of_paid",
    "monthly_amount",
    "attendance_allowance",
    "training_cap",
    "quarter_interest",
    "over_quota_reward",
    "component_grants",
    "per_unit",
]


@pytest.mark.parametrize("name", NAIVE)
def test_it_agrees_with_a_naive_reading(name):
    @unhurried
    @given(*CASES[name])
    def agree(facts, values):
        outcome, expected = calculate(name, facts, values), getattr(naive_sums, name)(facts, values)
        assert outcome.eligible is (expected is not None)
        assert Fraction(outcome.amount) == (expected or 0)

    agree()


@unhurried
@given(*CASES["household_top_up"])
def test_the_top_up_agrees_with_a_naive_reading(facts, values):
    outcome, expected = calculate("household_top_up", facts, values), naive_sums.household_top_up(facts, values, ON)
    assert outcome.eligible is (expected is not None)
    assert Fraction(outcome.amount) == (expected or 0)


@given(*CASES["spacing"])
def test_spacing_agrees_with_a_naive_reading(facts, values):
    outcome = calculate("spacing", facts, values)
    assert line(outcome, "actual_distance").result == naive_sums.spacing(facts, values)


# ---------------------------------------------------------------- more is never less

GROWING = [
    ("share_of_paid", "paid_amount"),
    ("training_cap", "course_fee"),
    ("attendance_allowance", "course_fee"),
    ("quarter_interest", "loan_principal"),
    ("quarter_interest", "annual_rate"),
    ("fee_relief", "fee_due"),
]


@pytest.mark.parametrize("name, fact", GROWING)
def test_more_paid_never_gives_less(name, fact):
    @unhurried
    @given(*CASES[name], small_sums)
    def grow(facts, values, more):
        larger = calculate(name, {**facts, fact: facts[fact] + more}, values)
        assert calculate(name, facts, values).amount <= larger.amount

    grow()


@given(*CASES["over_quota_reward"], st.integers(0, 50))
def test_more_disabled_staff_never_earn_less(facts, values, more):
    larger = {"staff_total": facts["staff_total"] + more, "disabled_staff": facts["disabled_staff"] + more}
    before, after = (calculate("over_quota_reward", some, values).amount for some in (facts, larger))
    assert before <= after


@unhurried
@given(*CASES["household_top_up"], small_sums)
def test_more_income_never_gives_a_larger_top_up(facts, values, more):
    first, *rest = facts["household"]
    richer = type(first)(
        first.disabled, first.employed_since, first.monthly_wage, first.other_monthly_income + more, Decimal(0)
    )
    after = calculate("household_top_up", {**facts, "household": (richer, *rest)}, values)
    assert after.amount <= calculate("household_top_up", facts, values).amount


# ---------------------------------------------------------------- never above a ceiling


@given(*CASES["share_of_paid"], sums)
def test_a_share_stays_below_what_was_paid_and_its_ceilings(facts, values, ceiling):
    amount = calculate("share_of_paid", facts, {**values, "amount_ceiling": ceiling}).amount
    assert amount <= min(facts["paid_amount"], ceiling)
    if values["monthly_ceiling"] != "none":
        assert amount <= values["monthly_ceiling"] * facts["months_claimed"]


@given(*CASES["training_cap"])
def test_fees_paid_back_never_pass_the_total(facts, values):
    amount = calculate("training_cap", facts, values).amount
    assert amount <= facts["course_fee"]
    assert amount == 0 or facts["received_total"] + amount <= values["total_ceiling"]


@given(*CASES["component_grants"])
def test_no_component_passes_its_ceiling_or_its_cost(facts, values):
    outcome = calculate("component_grants", facts, values)
    paid = [Decimal(one.value) for one in outcome.lines if one.code == "component" and one.result == "info"]
    if outcome.eligible:
        for row, sum_ in zip(facts["components"], paid, strict=True):
            assert sum_ <= min(row.cost, values["component_ceilings"][row.component])


@given(*CASES["fee_relief"])
def test_no_more_is_relieved_than_is_due(facts, values):
    outcome = calculate("fee_relief", facts, values)
    assert outcome.amount <= facts["fee_due"]
    assert Decimal(line(outcome, "remains_due").value) == facts["fee_due"] - outcome.amount


@given(*CASES["by_category"])
def test_of_the_categories_the_amount_is_the_highest_that_fits(facts, values):
    fitting = [values["category_amounts"][code] for code in facts["categories"] if code in values["category_amounts"]]
    assert calculate("by_category", facts, values).amount == max(fitting, default=0)
