"""What the calculations are tried with: facts and policy values of every size, boundaries among them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from schemes.rules.components import ComponentCost
from schemes.rules.household import Member
from schemes.rules.texts import Bilingual

sums = st.integers(0, 50_000_000).map(lambda fen: Decimal(fen) / 100)
small_sums = st.integers(0, 500_000).map(lambda fen: Decimal(fen) / 100)
percents = st.integers(0, 10_000).map(lambda parts: Decimal(parts) / 100)
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
members = st.builds(Member, st.booleans(), st.none() | days, small_sums, small_sums, small_sums)
shares = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(lambda pair: f"{min(pair)}/{max(pair)}")
codes = st.sampled_from(["a", "b", "c", "d"])
tables = st.dictionaries(st.sampled_from(["a", "b", "c"]), small_sums, min_size=1)


def or_none(strategy):
    return st.just("none") | strategy


def record(**parts):
    return st.fixed_dictionaries(parts)


components = st.dictionaries(codes, sums, min_size=1).map(
    lambda costs: tuple(ComponentCost(code, cost, Bilingual(zh=code, en=code)) for code, cost in costs.items())
)
work_costs = record(kind=st.sampled_from(["none", "fixed", "percent_of_wage", "percent_of_standard"]), value=small_sums)
ordered_percents = st.tuples(percents, percents).map(sorted)
spacing_rules = st.tuples(st.sampled_from(["to_percent", "reduced_by"]), ordered_percents).map(
    lambda rule: {"kind": rule[0], "min": rule[1][0], "max": rule[1][1]}
)
count = st.integers(0, 40)
months = {"months_claimed": count, "months_received": count}

# name of the calculation → facts, policy values
CASES = {
    "by_category": (record(categories=st.lists(codes, unique=True).map(tuple)), record(category_amounts=tables)),
    "per_trip": (
        record(trip_destination=st.sampled_from(["in_province", "out_of_province"]), trips_paid_this_year=count),
        record(
            trip_amounts=st.dictionaries(st.sampled_from(["in_province", "out_of_province"]), small_sums, min_size=1),
            trips_per_year=st.integers(1, 5),
        ),
    ),
    "share_of_paid": (
        record(paid_amount=sums, **months),
        record(share=shares, monthly_ceiling=or_none(small_sums), months_ceiling=or_none(st.integers(1, 60))),
    ),
    "monthly_amount": (
        record(**months),
        record(monthly_amount=small_sums, months_ceiling=or_none(st.integers(1, 60))),
    ),
    "attendance_allowance": (
        record(
            days_attended=count, days_planned=count, course_fee=sums, categories=st.lists(codes, unique=True).map(tuple)
        ),
        st.fixed_dictionaries(
            {"attendance_percent": percents, "category_amounts": tables, "fee_ceiling": or_none(sums)},
            optional={"daily_amount": small_sums},
        ),
    ),
    "training_cap": (
        record(course_fee=sums, courses_this_year=st.integers(0, 5), received_total=small_sums),
        record(
            courses_per_year=st.integers(1, 5),
            total_ceiling=small_sums,
            ceiling_period=st.sampled_from(["year", "life"]),
        ),
    ),
    "quarter_interest": (
        record(loan_principal=sums, annual_rate=percents, days_in_quarter=st.integers(0, 95)),
        record(
            principal_ceiling=or_none(sums),
            rate_ceiling=or_none(percents),
            interest_share=percents,
            day_basis=st.sampled_from([360, 365]),
        ),
    ),
    "over_quota_reward": (
        record(staff_total=st.integers(0, 3000), disabled_staff=count),
        record(quota_percent=percents, reward_per_person=small_sums),
    ),
    "component_grants": (
        record(components=components),
        record(component_ceilings=tables, component_percent=percents),
    ),
    "per_unit": (record(units=count), record(unit_amount=small_sums, amount_ceiling=or_none(sums))),
    "fee_relief": (
        record(fee_due=sums),
        record(relief_kind=st.sampled_from(["exempt", "reduce_percent", "reduce_amount"]), relief_value=percents),
    ),
    "spacing": (
        record(standard_distance=st.integers(0, 500), actual_distance=st.integers(0, 500)),
        record(spacing_rule=spacing_rules),
    ),
    "household_top_up": (
        record(
            household=st.lists(members, min_size=1, max_size=5).map(tuple),
            property_ok=st.sampled_from([True, True, True, False]),
        ),
        record(dibao_standard=small_sums, work_cost_deduction=work_costs, disregard_months=st.integers(0, 60)),
    ),
}
# Each calculation with its facts and values drawn together.
any_case = st.sampled_from(sorted(CASES)).flatmap(lambda name: st.tuples(st.just(name), *CASES[name]))
