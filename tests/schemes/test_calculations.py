"""Every calculation at its boundaries."""

from datetime import date
from decimal import Decimal

import pytest

from schemes.rules.components import ComponentCost
from schemes.rules.household import Member
from schemes.rules.registry import unmet_choices
from schemes.rules.texts import Bilingual
from tests.schemes.rulebook import calculate, fails, line

CATEGORIES = {"category_amounts": {"junior": 1000, "senior": "2000.50", "master": 3000}}


def money(text):
    return Decimal(text)


def test_nothing_is_paid_where_there_is_nothing_to_pay():
    outcome = calculate("no_amount", {}, {})
    assert (outcome.eligible, outcome.amount) == (True, money("0.00"))


@pytest.mark.parametrize(
    "calculation, facts, values, complaints",
    [
        ("by_category", ["category"], [], 0),
        ("by_category", ["categories"], [], 0),
        ("by_category", ["kind"], [], 1),
        ("share_of_paid", [], ["share", "amount_ceiling"], 0),
        ("share_of_paid", [], ["share", "monthly_ceiling", "months_ceiling"], 0),
        ("share_of_paid", [], ["share", "monthly_ceiling"], 1),
        ("attendance_allowance", [], ["daily_amount"], 0),
        ("attendance_allowance", [], [], 1),
        ("fixed_amount", [], [], 0),
    ],
)
def test_of_a_choice_of_names_a_scheme_needs_one(calculation, facts, values, complaints):
    assert len(list(unmet_choices(calculation, facts, values))) == complaints


# ---------------------------------------------------------------- by category


def test_a_category_has_its_sum():
    outcome = calculate("by_category", {"category": "senior"}, CATEGORIES)
    assert (outcome.eligible, outcome.amount) == (True, money("2000.50"))


def test_of_several_categories_the_highest_counts_alone():
    outcome = calculate("by_category", {"categories": ("junior", "master")}, CATEGORIES)
    assert outcome.amount == 3000
    assert line(outcome, "highest_category").value == "master"


def test_a_category_without_a_sum_is_refused():
    outcome = calculate("by_category", {"category": "unknown"}, CATEGORIES)
    assert (outcome.eligible, outcome.amount, fails(outcome)) == (False, money("0.00"), ["category"])


def test_beside_one_that_fits_a_category_without_a_sum_is_only_told():
    outcome = calculate("by_category", {"categories": ("unknown", "junior")}, CATEGORIES)
    assert outcome.amount == 1000
    assert [line.result for line in outcome.lines if line.code == "category"] == ["info", "pass"]


def test_no_category_at_all_is_refused():
    assert fails(calculate("by_category", {"categories": ()}, CATEGORIES)) == ["category"]


def test_without_an_answer_the_category_is_missing():
    assert calculate("by_category", {}, CATEGORIES).missing == ("category",)


# ---------------------------------------------------------------- trips

TRIPS = {"trip_amounts": {"in_province": 500, "out_of_province": 1000}, "trips_per_year": 2}


@pytest.mark.parametrize("destination, amount", [("in_province", 500), ("out_of_province", 1000)])
def test_a_trip_has_the_sum_of_its_destination(destination, amount):
    facts = {"trip_destination": destination, "trips_paid_this_year": 1}
    assert calculate("per_trip", facts, TRIPS).amount == amount


def test_no_trip_is_left_after_the_last_of_the_year():
    outcome = calculate("per_trip", {"trip_destination": "in_province", "trips_paid_this_year": 2}, TRIPS)
    assert (outcome.amount, fails(outcome)) == (0, ["trips_left"])
    assert "每年最多补贴2次，今年已补贴2次" in line(outcome, "trips_left").label_zh
    assert "At most 2 trips a year" in line(outcome, "trips_left").label_en


def test_a_destination_without_a_sum_is_refused():
    values = {**TRIPS, "trip_amounts": {"out_of_province": 1000}}
    outcome = calculate("per_trip", {"trip_destination": "in_province", "trips_paid_this_year": 0}, values)
    assert fails(outcome) == ["trip_destination"]


# ---------------------------------------------------------------- months

MONTHLY = {"monthly_amount": "800.50", "months_ceiling": 36}


def months(claimed, received):
    return {"months_claimed": claimed, "months_received": received}


def test_each_month_claimed_has_the_same_sum():
    assert calculate("monthly_amount", months(3, 0), MONTHLY).amount == money("2401.50")


@pytest.mark.parametrize("claimed, received, eligible", [(36, 0, True), (6, 30, True), (7, 30, False), (1, 36, False)])
def test_no_more_months_than_are_left(claimed, received, eligible):
    outcome = calculate("monthly_amount", months(claimed, received), MONTHLY)
    assert outcome.eligible is eligible
    assert fails(outcome) == ([] if eligible else ["months_left"])


def test_too_many_months_are_answered_with_how_many_are_possible():
    failed = line(calculate("monthly_amount", months(7, 30), MONTHLY), "months_left")
    assert (failed.value, failed.label_zh) == ("6", "最多补贴36个月，已领30个月，本次最多可申领6个月")
    assert failed.label_en.endswith("up to 6 can be claimed now")


def test_when_every_month_was_had_none_is_said_to_be_left():
    failed = line(calculate("monthly_amount", months(1, 40), MONTHLY), "months_left")
    assert (failed.value, "没有剩余月数" in failed.label_zh) == ("0", True)


def test_no_month_claimed_is_refused():
    assert fails(calculate("monthly_amount", months(0, 0), MONTHLY)) == ["months_claimed"]


def test_without_a_limit_earlier_months_are_not_asked_for():
    outcome = calculate("monthly_amount", {"months_claimed": 50}, {**MONTHLY, "months_ceiling": "none"})
    assert outcome.amount == money("40025.00")


# ---------------------------------------------------------------- shares

SHARE = {"share": "2/3", "monthly_ceiling": "300", "months_ceiling": 24}


def paid(sum_, claimed=1, received=0):
    return {"paid_amount": money(sum_), **months(claimed, received)}


@pytest.mark.parametrize(
    "sum_, claimed, amount",
    [("100.00", 1, "66.67"), ("450.00", 1, "300.00"), ("450.01", 1, "300.00"), ("900.00", 3, "600.00"), ("0", 1, "0")],
)
def test_a_share_of_what_was_paid_is_rounded_once_and_capped(sum_, claimed, amount):
    assert calculate("share_of_paid", paid(sum_, claimed), SHARE).amount == money(amount)


def test_a_share_without_ceilings_is_the_share():
    values = {"share": "1", "monthly_ceiling": "none", "months_ceiling": "none"}
    outcome = calculate("share_of_paid", {"paid_amount": money("123456.78")}, values)
    assert outcome.amount == money("123456.78")
    assert line(outcome, "share").value_zh == "全额"


def test_a_share_of_a_purchase_has_a_ceiling_in_all_and_no_months():
    values = {"share": "0.5", "amount_ceiling": "20000"}
    assert calculate("share_of_paid", {"paid_amount": money("50000")}, values).amount == 20000
    assert calculate("share_of_paid", {"paid_amount": money("30000.01")}, values).amount == money("15000.01")


def test_the_lower_of_two_ceilings_holds():
    values = {**SHARE, "amount_ceiling": "500"}
    assert calculate("share_of_paid", paid("3000", 3), values).amount == 500


def test_a_share_beyond_the_months_left_is_refused():
    assert fails(calculate("share_of_paid", paid("300", 2, 23), SHARE)) == ["months_left"]


@pytest.mark.parametrize("name", ["share", "monthly_ceiling", "months_ceiling"])
def test_a_share_needs_its_values(name):
    values = {known: raw for known, raw in SHARE.items() if known != name}
    outcome = calculate("share_of_paid", paid("100"), values)
    assert (outcome.eligible, outcome.amount, outcome.missing) == (None, None, (name,))


def test_months_are_missing_where_the_ceiling_goes_by_the_month():
    outcome = calculate("share_of_paid", {"paid_amount": money("1")}, SHARE)
    assert outcome.missing == ("months_claimed", "months_received")


# ---------------------------------------------------------------- training

ATTENDANCE = {"attendance_percent": 80, "daily_amount": "40", "fee_ceiling": "1500"}


def course(attended, planned=10, fee="1000", **more):
    return {"days_attended": attended, "days_planned": planned, "course_fee": money(fee), **more}


@pytest.mark.parametrize("attended, eligible", [(8, True), (7, False), (10, True)])
def test_enough_of_the_course_must_be_attended(attended, eligible):
    outcome = calculate("attendance_allowance", course(attended), ATTENDANCE)
    assert outcome.eligible is eligible
    assert fails(outcome) == ([] if eligible else ["attendance"])
    assert "80%" in line(outcome, "attendance").label_en


def test_the_allowance_is_days_and_fee_up_to_its_ceiling():
    assert calculate("attendance_allowance", course(9), ATTENDANCE).amount == 9 * 40 + 1000
    assert calculate("attendance_allowance", course(9, fee="1500.01"), ATTENDANCE).amount == 9 * 40 + 1500


@pytest.mark.parametrize("attended, planned", [(11, 10), (0, 0)])
def test_impossible_days_are_refused(attended, planned):
    assert "days_attended" in fails(calculate("attendance_allowance", course(attended, planned), ATTENDANCE))


BY_DAY = {"attendance_percent": 80, "category_amounts": {"disabled": 50, "rural": 30}, "fee_ceiling": "none"}


def test_by_category_the_highest_daily_sum_counts():
    outcome = calculate("attendance_allowance", course(10, categories=("rural", "disabled")), BY_DAY)
    assert outcome.amount == 10 * 50 + 1000


def test_the_general_daily_sum_counts_where_it_is_the_highest():
    values = {**BY_DAY, "daily_amount": 60}
    outcome = calculate("attendance_allowance", course(10, categories=("rural",)), values)
    assert outcome.amount == 10 * 60 + 1000
    assert line(outcome, "daily_amount").clause == "daily_amount"


def test_who_is_of_no_category_has_the_general_daily_sum():
    values = {**BY_DAY, "daily_amount": 20}
    outcome = calculate("attendance_allowance", course(10, categories=("other",)), values)
    assert (outcome.amount, fails(outcome)) == (1200, [])


def test_who_is_of_no_category_is_refused_where_there_is_no_general_sum():
    assert fails(calculate("attendance_allowance", course(10, categories=("other",)), BY_DAY)) == ["category"]


def test_categories_are_missing_only_where_every_daily_sum_goes_by_them():
    assert calculate("attendance_allowance", course(10), BY_DAY).missing == ("categories",)
    assert calculate("attendance_allowance", course(10), {**BY_DAY, "daily_amount": 20}).amount == 1200


def test_without_any_daily_sum_one_is_missing():
    values = {"attendance_percent": 80, "fee_ceiling": "none"}
    assert calculate("attendance_allowance", course(10), values).missing == ("daily_amount",)


CAP = {"courses_per_year": 3, "total_ceiling": "10000", "ceiling_period": "life"}


def fee(sum_, courses=0, received="0"):
    return {"course_fee": money(sum_), "courses_this_year": courses, "received_total": money(received)}


@pytest.mark.parametrize(
    "facts, amount, failed",
    [
        (fee("3000"), "3000", []),
        (fee("3000", 2, "9000"), "1000", []),
        (fee("3000", 3), "0", ["courses_left"]),
        (fee("3000", 0, "10000"), "0", ["ceiling_left"]),
        (fee("3000", 3, "12000"), "0", ["courses_left", "ceiling_left"]),
    ],
)
def test_fees_are_paid_while_courses_and_money_are_left(facts, amount, failed):
    outcome = calculate("training_cap", facts, CAP)
    assert (outcome.amount, fails(outcome)) == (money(amount), failed)


def test_the_line_on_money_left_says_over_what_time_it_is_counted():
    assert line(calculate("training_cap", fee("1"), CAP), "ceiling_left").label_zh.startswith("累计最多补贴10000.00元")
    yearly = calculate("training_cap", fee("1"), {**CAP, "ceiling_period": "year"})
    assert "10000.00 yuan a year" in line(yearly, "ceiling_left").label_en


# ---------------------------------------------------------------- interest

LOAN = {"principal_ceiling": "200000", "rate_ceiling": "4.5", "interest_share": "100", "day_basis": 360}


def loan(principal, rate, days=90):
    return {"loan_principal": money(principal), "annual_rate": money(rate), "days_in_quarter": days}


@pytest.mark.parametrize(
    "facts, amount",
    [
        (loan("100000", "4.35"), "1087.50"),
        (loan("300000", "4.35"), "2175.00"),
        (loan("200000", "6"), "2250.00"),
        (loan("100000", "3.65", 91), "922.64"),
    ],
)
def test_interest_counts_up_to_a_principal_and_a_rate(facts, amount):
    assert calculate("quarter_interest", facts, LOAN).amount == money(amount)


def test_the_share_of_the_interest_and_the_days_of_the_year_are_the_policy_s():
    values = {**LOAN, "interest_share": "50", "day_basis": 365, "principal_ceiling": "none", "rate_ceiling": "none"}
    assert calculate("quarter_interest", loan("365000", "10", 73), values).amount == 3650


@pytest.mark.parametrize("days, eligible", [(0, False), (1, True), (92, True), (93, False)])
def test_a_quarter_has_at_most_92_days(days, eligible):
    assert calculate("quarter_interest", loan("1000", "4", days), LOAN).eligible is eligible


# ---------------------------------------------------------------- rewards

QUOTA = {"quota_percent": "1.5", "reward_per_person": "5000"}


@pytest.mark.parametrize(
    "staff, disabled, amount", [(100, 3, 5000), (100, 2, 0), (67, 3, 5000), (66, 1, 0), (66, 2, 5000), (200, 3, 0)]
)
def test_the_reward_is_for_those_above_the_quota_rounded_up(staff, disabled, amount):
    outcome = calculate("over_quota_reward", {"staff_total": staff, "disabled_staff": disabled}, QUOTA)
    assert outcome.amount == amount
    assert outcome.eligible is (amount > 0)


def test_nobody_above_the_quota_is_told_from_how_many_on_there_is_a_reward():
    outcome = calculate("over_quota_reward", {"staff_total": 100, "disabled_staff": 2}, QUOTA)
    assert fails(outcome) == ["above_quota"]
    assert "多于2人" in line(outcome, "above_quota").label_zh


def test_more_disabled_staff_than_staff_is_a_mistake():
    outcome = calculate("over_quota_reward", {"staff_total": 2, "disabled_staff": 3}, QUOTA)
    assert fails(outcome) == ["disabled_staff"]


UNIT = {"unit_amount": "800", "amount_ceiling": "2000"}


@pytest.mark.parametrize("units, amount", [(1, 800), (2, 1600), (3, 2000)])
def test_each_unit_has_its_sum_up_to_the_ceiling(units, amount):
    assert calculate("per_unit", {"units": units}, UNIT).amount == amount


def test_no_unit_is_refused():
    assert fails(calculate("per_unit", {"units": 0}, UNIT)) == ["units"]


def test_units_may_have_no_ceiling():
    assert calculate("per_unit", {"units": 100}, {**UNIT, "amount_ceiling": "none"}).amount == 80000


# ---------------------------------------------------------------- components

COMPONENTS = {"component_ceilings": {"ramp": 10000, "tools": "2000.00"}, "component_percent": 50}


def spent(component, cost):
    return ComponentCost(component, money(cost), Bilingual(zh="坡道", en="Ramp"))


def test_each_component_has_its_own_ceiling_and_line():
    outcome = calculate(
        "component_grants", {"components": (spent("ramp", "999.99"), spent("tools", "9000"))}, COMPONENTS
    )
    assert [line.value for line in outcome.lines if line.code == "component"] == ["500.00", "2000.00"]
    assert outcome.amount == 2500


def test_a_component_without_a_ceiling_is_refused_by_its_name():
    outcome = calculate("component_grants", {"components": (spent("ramp", "10"), spent("pool", "10"))}, COMPONENTS)
    assert (outcome.eligible, fails(outcome)) == (False, ["component"])
    failed = next(line for line in outcome.lines if line.result == "fail")
    assert (failed.value, failed.value_zh) == ("pool", "坡道")
    assert "“坡道”" in failed.label_zh


def test_no_component_is_refused():
    assert fails(calculate("component_grants", {"components": ()}, COMPONENTS)) == ["component"]


# ---------------------------------------------------------------- fees


@pytest.mark.parametrize(
    "values, relieved, remains",
    [
        ({"relief_kind": "exempt"}, "300.33", "0.00"),
        ({"relief_kind": "reduce_percent", "relief_value": 50}, "150.17", "150.16"),
        ({"relief_kind": "reduce_amount", "relief_value": 100}, "100.00", "200.33"),
        ({"relief_kind": "reduce_amount", "relief_value": 999}, "300.33", "0.00"),
    ],
)
def test_a_fee_is_relieved_and_the_rest_remains_due(values, relieved, remains):
    outcome = calculate("fee_relief", {"fee_due": money("300.33")}, values)
    assert (outcome.amount, line(outcome, "remains_due").value) == (money(relieved), remains)


def test_a_size_is_missing_only_where_the_relief_is_not_all_of_it():
    facts = {"fee_due": money("10")}
    assert calculate("fee_relief", facts, {"relief_kind": "reduce_percent"}).missing == ("relief_value",)
    assert calculate("fee_relief", facts, {"relief_kind": "exempt"}).missing == ()


# ---------------------------------------------------------------- spacing


def shop(actual, kind, least, most):
    values = {"spacing_rule": {"kind": kind, "min": least, "max": most}}
    return calculate("spacing", {"standard_distance": 100, "actual_distance": actual}, values)


@pytest.mark.parametrize("actual, result", [(90, "pass"), (89, "info"), (70, "info"), (69, "fail")])
def test_to_70_to_90_percent_leaves_the_office_a_range(actual, result):
    outcome = shop(actual, "to_percent", 70, 90)
    assert line(outcome, "actual_distance").result == result
    assert outcome.eligible is (result != "fail")
    assert outcome.amount == 0


@pytest.mark.parametrize("actual, result", [(80, "pass"), (79, "fail")])
def test_reduced_by_20_percent_leaves_80(actual, result):
    assert line(shop(actual, "reduced_by", 20, 20), "actual_distance").result == result


def test_to_20_and_by_20_are_different_rules():
    assert shop(20, "to_percent", 20, 20).eligible
    assert not shop(20, "reduced_by", 20, 20).eligible


def test_a_range_of_reductions_is_turned_round():
    outcome = shop(75, "reduced_by", 10, 30)
    assert line(outcome, "strictest_distance").value == "90"
    assert line(outcome, "most_lenient_distance").value == "70"


def test_too_near_says_how_far_it_would_have_to_be():
    assert "至少应为70米" in line(shop(69, "to_percent", 70, 90), "actual_distance").label_zh


# ---------------------------------------------------------------- household top-up

TOP_UP = {
    "dibao_standard": "750",
    "work_cost_deduction": {"kind": "fixed", "value": "200"},
    "disregard_months": 6,
}


def member(wage="0", other="0", disabled=False, since=None, exempt="0"):
    return Member(disabled, since, money(wage), money(other), money(exempt))


def household(*members, property_ok=True):
    return {"household": members, "property_ok": property_ok}


def test_the_household_is_brought_up_to_the_standard():
    outcome = calculate("household_top_up", household(member("500"), member(other="100.33")), TOP_UP)
    assert outcome.amount == money("899.67")
    assert line(outcome, "per_capita").value == "300.17"


def test_at_the_standard_there_is_no_top_up():
    outcome = calculate("household_top_up", household(member("750")), TOP_UP)
    assert (outcome.amount, fails(outcome)) == (0, ["below_standard"])


def test_costs_and_disregard_of_a_disabled_worker_are_left_out():
    worker = member("1000", disabled=True, since=date(2020, 1, 1))
    assert calculate("household_top_up", household(worker, member()), TOP_UP).amount == 700
    beginner = member("1000", disabled=True, since=date(2026, 8, 1))
    assert calculate("household_top_up", household(beginner), TOP_UP).amount == 750


def test_property_beyond_the_rules_is_refused():
    assert fails(calculate("household_top_up", household(member(), property_ok=False), TOP_UP)) == ["property"]
