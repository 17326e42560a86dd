"""Parameters a scheme declares itself, for its conditions: a closed set of kinds, each read from JSON."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal

from schemes.rules.parsing import BadValueError, decimal, money, text, truth, whole

ParameterKind = Literal["money", "percent", "whole", "truth", "codes", "table"]


def codes(raw: Any) -> tuple[str, ...]:
    """A list of codes; it may be empty."""
    if not isinstance(raw, (list, tuple)):
        raise BadValueError("应为列表", "must be a list")
    return tuple(text(item) for item in raw)


def table(raw: Any) -> dict[str, Decimal]:
    """Sums in yuan by code."""
    if not isinstance(raw, Mapping) or not raw:
        raise BadValueError("应为“代码 → 金额”的对照表", "must be a table of sums by code")
    return {str(code): money(sum_) for code, sum_ in raw.items()}


PARAMETER_READERS: dict[str, Callable[[Any], Any]] = {
    "money": money,
    "percent": decimal,
    "whole": whole,
    "truth": truth,
    "codes": codes,
    "table": table,
}


def read_parameter(kind: str, raw: Any) -> Any:
    """The typed value of a parameter. Raises BadValueError; KeyError for a kind that is not in the closed list."""
    return PARAMETER_READERS[kind](raw)
