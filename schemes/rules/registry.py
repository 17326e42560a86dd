"""The calculations a scheme may name, and the facts that are derived from others; both are closed lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from schemes.rules.assessment import Outcome
from schemes.rules.grants import cohort_names, fixed_amount, no_amount, same_cohort
from schemes.rules.phase_out import INCOME_VALUES, SCHEDULE_VALUES, household_phase_out
from schemes.rules.policy import Policy
from schemes.rules.waivers import deposit_relief

CalculationName = Literal["no_amount", "fixed_amount", "deposit_relief", "household_phase_out"]
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
    "deposit_relief": deposit_relief,
    "household_phase_out": household_phase_out,
}
CALCULATION_VALUES: dict[str, tuple[str, ...]] = {
    "no_amount": (),
    "fixed_amount": ("amount",),
    "deposit_relief": ("relief_kind", "relief_value"),
    "household_phase_out": (*INCOME_VALUES, *SCHEDULE_VALUES),
}
CALCULATION_FACTS: dict[str, tuple[str, ...]] = {
    "no_amount": (),
    "fixed_amount": (),
    "deposit_relief": ("deposit_due", "deposit_paid"),
    "household_phase_out": ("household", "benefit_monthly", "supplement_monthly", "determined_on", "property_ok"),
}
DERIVATIONS: dict[str, Derivation] = {
    "same_cohort": Derivation(("graduation_date",), cohort_names, same_cohort),
}
# Derived from the ID and the certificate where facts are read, because their checks live with people.
READ_ALONG = ("age", "certificate_matches_id")
