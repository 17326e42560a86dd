"""One invented case of every calculation: what is asked, what is answered, and what the policy says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemes.questions import Question

Facts = Mapping[str, tuple[str, Any]]


@dataclass(frozen=True)
class Sample:
    """`facts`: by name the kind of question and the answer as JSON; `values`: policy values as JSON."""

    facts: Facts
    values: Mapping[str, Any]

    @property
    def raw(self) -> dict[str, Any]:
        """The answers alone."""
        return {name: answer for name, (_kind, answer) in self.facts.items()}

    def questions(self) -> tuple[Question, ...]:
        """What is asked for these answers."""
        return tuple(_question(name, kind, answer) for name, (kind, answer) in self.facts.items())


def _question(name: str, kind: str, answer: Any) -> Question:
    more: dict[str, Any] = {}
    if kind == "household":
        more["columns"] = [_asked(column, MEMBER_KINDS[column]) for column in answer[0]]
    if kind in {"choice", "choices", "components"}:
        codes = (
            [answer] if kind == "choice" else [item["component"] if kind == "components" else item for item in answer]
        )
        more["choices"] = [{"value": code, "label": {"zh": code, "en": code}} for code in codes]
    return Question.model_validate(_asked(name, kind) | more)


def _asked(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": {"zh": name, "en": name}, "fact": True, "nullable": kind == "date"}


MEMBER_KINDS = {
    "disabled": "yes_no",
    "employed_since": "date",
    "monthly_wage": "money",
    "other_monthly_income": "money",
    "exempt_monthly_income": "money",
}
MONTHS: Facts = {"months_claimed": ("integer", 3), "months_received": ("integer", 6)}


def _member(disabled: bool, wage: str) -> dict[str, Any]:
    return {
        "disabled": disabled,
        "employed_since": "2026-01-05" if disabled else None,
        "monthly_wage": wage,
        "other_monthly_income": "100.00",
        "exempt_monthly_income": "0.00",
    }


def _household(wage: str) -> Facts:
    members = [_member(True, wage), _member(False, "300.00"), _member(False, "0.00")]
    return {"household": ("household", members), "property_ok": ("yes_no", True)}


WAGES = {
    "dibao_standard": "750.00",
    "work_cost_deduction": {"kind": "percent_of_standard", "value": "30"},
    "disregard_months": 6,
}
SAMPLES: dict[str, Sample] = {
    "no_amount": Sample({"seeks_work": ("yes_no", True)}, {}),
    "fixed_amount": Sample({"seeks_work": ("yes_no", True)}, {"amount": "1000.00"}),
    "by_category": Sample(
        {"categories": ("choices", ["senior", "junior"])}, {"category_amounts": {"senior": 2000, "junior": 1000}}
    ),
    "per_trip": Sample(
        {"trip_destination": ("choice", "in_province"), "trips_paid_this_year": ("integer", 1)},
        {"trip_amounts": {"in_province": 500, "out_of_province": 1000}, "trips_per_year": 2},
    ),
    "share_of_paid": Sample(
        {"paid_amount": ("money", "2310.45"), **MONTHS},
        {"share": "2/3", "monthly_ceiling": "500.00", "months_ceiling": 36},
    ),
    "monthly_amount": Sample(MONTHS, {"monthly_amount": "800.00", "months_ceiling": 36}),
    "attendance_allowance": Sample(
        {
            "days_attended": ("integer", 27),
            "days_planned": ("integer", 30),
            "course_fee": ("money", "1800.00"),
            "categories": ("choices", ["disabled", "rural"]),
        },
        {"attendance_percent": 80, "category_amounts": {"disabled": 50, "rural": 40}, "fee_ceiling": "1500.00"},
    ),
    "training_cap": Sample(
        {
            "course_fee": ("money", "3200.00"),
            "courses_this_year": ("integer", 1),
            "received_total": ("money", "8000.00"),
        },
        {"courses_per_year": 3, "total_ceiling": "10000.00", "ceiling_period": "life"},
    ),
    "quarter_interest": Sample(
        {
            "loan_principal": ("money", "150000.00"),
            "annual_rate": ("percent", "4.35"),
            "days_in_quarter": ("integer", 91),
        },
        {"principal_ceiling": "200000.00", "rate_ceiling": "5", "interest_share": 50, "day_basis": 360},
    ),
    "over_quota_reward": Sample(
        {"staff_total": ("integer", 220), "disabled_staff": ("integer", 9)},
        {"quota_percent": "1.5", "reward_per_person": "5000.00"},
    ),
    "component_grants": Sample(
        {
            "components": (
                "components",
                [{"component": "ramp", "cost": "12345.67"}, {"component": "tools", "cost": "900.00"}],
            )
        },
        {"component_ceilings": {"ramp": 8000, "tools": 2000}, "component_percent": 50},
    ),
    "per_unit": Sample({"units": ("integer", 12)}, {"unit_amount": "800.00", "amount_ceiling": "none"}),
    "deposit_relief": Sample(
        {"deposit_due": ("money", "10000.00"), "deposit_paid": ("money", "5000.00")},
        {"relief_kind": "reduce_percent", "relief_value": 60},
    ),
    "fee_relief": Sample({"fee_due": ("money", "360.00")}, {"relief_kind": "exempt"}),
    "spacing": Sample(
        {"standard_distance": ("integer", 50), "actual_distance": ("integer", 41)},
        {"spacing_rule": {"kind": "to_percent", "min": 70, "max": 90}},
    ),
    "household_top_up": Sample(_household("900.00"), WAGES),
    "household_phase_out": Sample(
        {
            **_household("4200.00"),
            "benefit_monthly": ("money", "1200.00"),
            "supplement_monthly": ("money", "200.00"),
            "determined_on": ("date", "2026-11-10"),
        },
        {
            **WAGES,
            "after_disregard_only": False,
            "cause": "any",
            "equality": "within",
            "phase_out_months": {"min": 6, "max": 12, "default": 12},
            "taper": [100, 80, 60],
            "cap": "standard_times_members",
        },
    ),
}
