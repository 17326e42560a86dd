"""Policy values: the closed list of their names, and how each is read from JSON."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schemes.rules.instalments import instalments
from schemes.rules.parsing import BadValueError, decimal, money, one_of, truth, whole
from schemes.rules.value_kinds import (
    day_basis,
    from_one,
    or_none,
    percent,
    share,
    spacing_rule,
    sums_by_code,
    sums_for,
)
from schemes.rules.windows import quota, window

MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class WorkCost:
    """What is taken off a disabled worker's wage for the cost of working; `value` in yuan or percent by kind."""

    kind: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class MonthRange:
    """How many months an official may choose, and what holds when none is chosen (None: a choice is needed)."""

    least: int
    most: int
    default: int | None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the year, for years that do not begin on 1 January."""

    month: int
    day: int


def month_day(raw: Any) -> MonthDay:
    """ "09-01": the first of September."""
    if not isinstance(raw, str) or not MONTH_DAY.fullmatch(raw):
        raise BadValueError("应为月和日，写作 09-01", "must be a month and day written 09-01")
    return MonthDay(int(raw[:2]), int(raw[3:]))


def work_cost(raw: Any) -> WorkCost:
    """{"kind": …, "value": …}; kind none needs no value."""
    found = _mapping(raw, {"kind", "value"})
    kind = one_of("none", "fixed", "percent_of_wage", "percent_of_standard")(found.get("kind"))
    if kind == "none":
        return WorkCost(kind, Decimal(0))
    return WorkCost(kind, decimal(found.get("value")))


def month_range(raw: Any) -> MonthRange:
    """{"min": 6, "max": 12, "default": null or a number between}."""
    found = _mapping(raw, {"min", "max", "default"})
    least, most = whole(found.get("min")), whole(found.get("max"))
    default = None if found.get("default") is None else whole(found["default"])
    if not 1 <= least <= most or (default is not None and not least <= default <= most):
        raise BadValueError("应满足 1 ≤ min ≤ default ≤ max", "must satisfy 1 ≤ min ≤ default ≤ max")
    return MonthRange(least, most, default)


def lottery_kinds(raw: Any) -> tuple[str, ...]:
    """A list of lottery kinds; it may be empty."""
    return tuple(one_of("welfare", "sports")(item) for item in _listed(raw))


def percents(raw: Any) -> tuple[Decimal, ...]:
    """A list of percents, at least one."""
    found = tuple(decimal(item) for item in _listed(raw))
    if not found:
        raise BadValueError("至少填写一个百分比", "must hold at least one percent")
    return found


def _mapping(raw: Any, keys: set[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping) or not set(raw) <= keys:
        listed = ", ".join(sorted(keys))
        raise BadValueError(f"应为含有 {listed} 的对象", f"must be an object with the keys {listed}")
    return raw


def _listed(raw: Any) -> list[Any]:
    if not isinstance(raw, (list, tuple)):
        raise BadValueError("应为列表", "must be a list")
    return list(raw)


READERS: dict[str, Callable[[Any], Any]] = {
    "window": window,
    "quota": quota,
    "instalments": instalments,
    "amount": money,
    "category_amounts": sums_by_code,
    "trip_amounts": sums_for(("in_province", "out_of_province")),
    "trips_per_year": from_one,
    "share": share,
    "monthly_ceiling": or_none(money),
    "months_ceiling": or_none(from_one),
    "amount_ceiling": or_none(money),
    "monthly_amount": money,
    "attendance_percent": percent,
    "daily_amount": money,
    "fee_ceiling": or_none(money),
    "courses_per_year": from_one,
    "total_ceiling": or_none(money),
    "ceiling_period": one_of("year", "life"),
    "principal_ceiling": or_none(money),
    "rate_ceiling": or_none(percent),
    "interest_share": percent,
    "day_basis": day_basis,
    "quota_percent": percent,
    "reward_per_person": money,
    "component_ceilings": sums_by_code,
    "component_percent": percent,
    "unit_amount": money,
    "spacing_rule": spacing_rule,
    "cohort_rule": one_of("academic_year", "calendar_year"),
    "cohort_starts": month_day,
    "requires_seeking": truth,
    "requires_contract": truth,
    "covers": lottery_kinds,
    "relief_kind": one_of("exempt", "reduce_percent", "reduce_amount"),
    "relief_value": decimal,
    "dibao_standard": money,
    "work_cost_deduction": work_cost,
    "disregard_months": whole,
    "after_disregard_only": truth,
    "cause": one_of("any", "disabled_wages"),
    "phase_out_months": month_range,
    "taper": percents,
    "cap": one_of("standard_times_members", "none"),
    "equality": one_of("within", "over"),
}


def read_value(name: str, raw: Any) -> Any:
    """The typed value of a policy value. Raises BadValueError; KeyError for a name that is not in the closed list."""
    return READERS[name](raw)


# Every scheme may have these; no definition has to list them.
OF_EVERY_SCHEME = frozenset({"window", "quota", "instalments"})
