"""The sums of the calculations once more, written from the words of the policies without looking at the rules.

Everything is a Fraction; `cents` is the only rounding. Each function answers the amount, or None for "not eligible".
"""

import math
from fractions import Fraction

from tests.schemes.naive import cents


def share_of_paid(facts, values):
    received, claimed = facts["months_received"], facts["months_claimed"]
    months = values["months_ceiling"]
    by_month = months != "none" or values["monthly_ceiling"] != "none"
    if (by_month and claimed < 1) or (months != "none" and received + claimed > months):
        return None
    numerator, _, denominator = values["share"].partition("/")
    amount = cents(Fraction(facts["paid_amount"]) * int(numerator) / int(denominator or 1))
    if values["monthly_ceiling"] != "none":
        amount = min(amount, Fraction(values["monthly_ceiling"]) * claimed)
    return amount


def monthly_amount(facts, values):
    received, claimed, months = facts["months_received"], facts["months_claimed"], values["months_ceiling"]
    if claimed < 1 or (months != "none" and received + claimed > months):
        return None
    return Fraction(values["monthly_amount"]) * claimed


def attendance_allowance(facts, values):
    attended, planned = facts["days_attended"], facts["days_planned"]
    if planned < 1 or attended > planned:
        return None
    if Fraction(attended, planned) < Fraction(values["attendance_percent"]) / 100:
        return None
    sums = [Fraction(values["category_amounts"][c]) for c in facts["categories"] if c in values["category_amounts"]]
    sums += [Fraction(values["daily_amount"])] if "daily_amount" in values else []
    if not sums:
        return None
    fee = Fraction(facts["course_fee"])
    if values["fee_ceiling"] != "none":
        fee = min(fee, Fraction(values["fee_ceiling"]))
    return attended * max(sums) + fee


def training_cap(facts, values):
    left = Fraction(values["total_ceiling"]) - Fraction(facts["received_total"])
    if facts["courses_this_year"] >= values["courses_per_year"] or left <= 0:
        return None
    return min(Fraction(facts["course_fee"]), left)


def quarter_interest(facts, values):
    if not 1 <= facts["days_in_quarter"] <= 92:
        return None
    principal, rate = Fraction(facts["loan_principal"]), Fraction(facts["annual_rate"])
    if values["principal_ceiling"] != "none":
        principal = min(principal, Fraction(values["principal_ceiling"]))
    if values["rate_ceiling"] != "none":
        rate = min(rate, Fraction(values["rate_ceiling"]))
    a_day = principal * rate / 100 / values["day_basis"]
    return cents(a_day * facts["days_in_quarter"] * Fraction(values["interest_share"]) / 100)


def over_quota_reward(facts, values):
    if facts["disabled_staff"] > facts["staff_total"]:
        return None
    required = 0
    while Fraction(required) < Fraction(facts["staff_total"]) * Fraction(values["quota_percent"]) / 100:
        required += 1
    above = facts["disabled_staff"] - required
    return above * Fraction(values["reward_per_person"]) if above > 0 else None


def component_grants(facts, values):
    total = Fraction(0)
    for row in facts["components"]:
        if row.component not in values["component_ceilings"]:
            return None
        part = cents(Fraction(row.cost) * Fraction(values["component_percent"]) / 100)
        total += min(part, Fraction(values["component_ceilings"][row.component]))
    return total


def per_unit(facts, values):
    if facts["units"] == 0:
        return None
    amount = facts["units"] * Fraction(values["unit_amount"])
    return amount if values["amount_ceiling"] == "none" else min(amount, Fraction(values["amount_ceiling"]))


def household_top_up(facts, values, on):
    if not facts["property_ok"]:
        return None
    standard, counted = Fraction(values["dibao_standard"]), Fraction(0)
    for m in facts["household"]:
        works = m.disabled and (m.employed_since <= on if m.employed_since else m.monthly_wage > 0)
        kind, size = values["work_cost_deduction"]["kind"], Fraction(values["work_cost_deduction"]["value"])
        cost = {
            "none": Fraction(0),
            "fixed": size,
            "percent_of_wage": Fraction(m.monthly_wage) * size / 100,
            "percent_of_standard": standard * size / 100,
        }[kind]
        wage = max(Fraction(m.monthly_wage) - (cost if works else 0), Fraction(0))
        if works and m.employed_since:
            gone = on.year * 12 + on.month - m.employed_since.year * 12 - m.employed_since.month
            wage = Fraction(0) if gone < values["disregard_months"] else wage
        counted += wage + Fraction(m.other_monthly_income)
    people = len(facts["household"])
    if cents(counted / people) >= standard:
        return None
    return cents(standard * people - counted)


def spacing(facts, values):
    """ "pass", "info" or "fail"."""
    rule, standard = values["spacing_rule"], facts["standard_distance"]
    ends = [Fraction(rule["min"]), Fraction(rule["max"])]
    if rule["kind"] == "reduced_by":
        ends = [100 - end for end in ends]
    metres = sorted(Fraction(standard) * end / 100 for end in ends)
    return ["fail", "info", "pass"][sum(math.floor(facts["actual_distance"]) >= m for m in metres)]
