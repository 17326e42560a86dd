"""The calculations a scheme may name, and the facts that are derived from others; both are closed lists."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from schemes.rules import (
    categories,
    components,
    elapsed,
    headcount,
    interest,
    months,
    rewards,
    shares,
    spacing,
    top_up,
    training,
    trips,
)
from schemes.rules.assessment import Outcome
from schemes.rules.grants import cohort_names, fixed_amount, no_amount, same_cohort
from schemes.rules.phase_out import INCOME_VALUES, SCHEDULE_VALUES, household_phase_out
from schemes.rules.policy import Policy
from schemes.rules.waivers import deposit_relief, fee_relief

CalculationName = Literal[
    "no_amount",
    "fixed_amount",
    "by_category",
    "per_trip",
    "share_of_paid",
    "monthly_amount",
    "attendance_allowance",
    "training_cap",
    "quarter_interest",
    "over_quota_reward",
    "component_grants",
    "per_unit",
    "deposit_relief",
    "fee_relief",
    "spacing",
    "household_top_up",
    "household_phase_out",
]
Facts = Mapping[str, Any]
Calculation = Callable[[Facts, Policy, date], Outcome]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A fact that follows from others: the facts and the policy values it needs, and how it is found."""

    facts: tuple[str, ...]
    policy_names: Callable[[Policy], tuple[str, ...]]
    find: Callable[[Facts, Policy, date], Any]


CALCULATIONS: dict[str, Calculation] = {
    "no_amount": no_amount,
    "fixed_amount": fixed_amount,
    "by_category": categories.by_category,
    "per_trip": trips.per_trip,
    "share_of_paid": shares.share_of_paid,
    "monthly_amount": months.monthly_amount,
    "attendance_allowance": training.attendance_allowance,
    "training_cap": training.training_cap,
    "quarter_interest": interest.quarter_interest,
    "over_quota_reward": rewards.over_quota_reward,
    "component_grants": components.component_grants,
    "per_unit": rewards.per_unit,
    "deposit_relief": deposit_relief,
    "fee_relief": fee_relief,
    "spacing": spacing.spacing,
    "household_top_up": top_up.household_top_up,
    "household_phase_out": household_phase_out,
}
# What every scheme that names the calculation must list; more may be needed, see ONE_OF_VALUES.
CALCULATION_VALUES: dict[str, tuple[str, ...]] = {
    "no_amount": (),
    "fixed_amount": ("amount",),
    "by_category": categories.VALUES,
    "per_trip": trips.VALUES,
    "share_of_paid": ("share",),
    "monthly_amount": months.VALUES,
    "attendance_allowance": training.ATTENDANCE_VALUES,
    "training_cap": training.CAP_VALUES,
    "quarter_interest": interest.VALUES,
    "over_quota_reward": rewards.QUOTA_VALUES,
    "component_grants": components.VALUES,
    "per_unit": rewards.UNIT_VALUES,
    "deposit_relief": ("relief_kind", "relief_value"),
    "fee_relief": ("relief_kind",),
    "spacing": spacing.VALUES,
    "household_top_up": top_up.VALUES,
    "household_phase_out": (*INCOME_VALUES, *SCHEDULE_VALUES),
}
# What every scheme that names the calculation must ask; more may be needed, see ONE_OF_FACTS.
CALCULATION_FACTS: dict[str, tuple[str, ...]] = {
    "no_amount": (),
    "fixed_amount": (),
    "by_category": (),
    "per_trip": trips.FACTS,
    "share_of_paid": ("paid_amount",),
    "monthly_amount": ("months_claimed",),
    "attendance_allowance": training.ATTENDANCE_FACTS,
    "training_cap": training.CAP_FACTS,
    "quarter_interest": interest.FACTS,
    "over_quota_reward": rewards.QUOTA_FACTS,
    "component_grants": components.FACTS,
    "per_unit": rewards.UNIT_FACTS,
    "deposit_relief": ("deposit_due", "deposit_paid"),
    "fee_relief": ("fee_due",),
    "spacing": spacing.FACTS,
    "household_top_up": top_up.FACTS,
    "household_phase_out": ("household", "benefit_monthly", "supplement_monthly", "determined_on", "property_ok"),
}
# Sets of names of which a scheme needs at least one whole set.
ONE_OF_VALUES: dict[str, tuple[tuple[str, ...], ...]] = {
    "share_of_paid": (shares.BY_MONTH, shares.IN_ALL),
    "attendance_allowance": tuple((name,) for name in training.DAILY_VALUES),
}
ONE_OF_FACTS: dict[str, tuple[tuple[str, ...], ...]] = {"by_category": (("category",), ("categories",))}


def unmet_choices(calculation: str, facts: Collection[str], values: Collection[str]) -> Iterator[str]:
    """A fault for each choice of names a calculation offers where a scheme has none of them."""
    for what, known, chosen in (("fact", facts, ONE_OF_FACTS), ("value", values, ONE_OF_VALUES)):
        sets = chosen.get(calculation, ())
        if sets and not any(set(names) <= set(known) for names in sets):
            yield f"calculation needs {what}: {' or '.join(' and '.join(names) for names in sets)}"


DERIVATIONS: dict[str, Derivation] = {
    "same_cohort": Derivation(("graduation_date",), cohort_names, same_cohort),
    "years_since_graduation": Derivation(("graduation_date",), elapsed.no_values, elapsed.years_since_graduation),
    "months_in_business": Derivation(("registered_on",), elapsed.no_values, elapsed.months_in_business),
    "years_graduated_at_start": Derivation(
        ("graduation_date", "registered_on"), elapsed.no_values, elapsed.years_graduated_at_start
    ),
    "years_graduated_at_hire": Derivation(
        ("graduation_date", "hired_on"), elapsed.no_values, elapsed.years_graduated_at_hire
    ),
    "disabled_percent": Derivation(("staff_total", "disabled_staff"), elapsed.no_values, headcount.disabled_percent),
    "claim_has_passed": Derivation(("claimed_from", "months_claimed"), elapsed.no_values, elapsed.claim_has_passed),
}
# Derived from the ID and the certificate where facts are read, because their checks live with people.
READ_ALONG = ("age", "certificate_matches_id")
