"""Facts that are lists of the choices a question offers: several codes, or components with what each cost."""

from collections.abc import Callable, Mapping
from typing import Any

from schemes.questions import Question
from schemes.rules.components import ComponentCost
from schemes.rules.parsing import BadValueError, money, one_of


def several_codes(question: Question) -> Callable[[Any], tuple[str, ...]]:
    """A reader for any of the codes a question offers, none of them twice."""
    known = one_of(*(choice.value for choice in question.choices))

    def read(raw: Any) -> tuple[str, ...]:
        return _each_once(tuple(known(item) for item in _listed(raw)))

    return read


def component_costs(question: Question) -> Callable[[Any], tuple[ComponentCost, ...]]:
    """A reader for rows {"component": a code the question offers, "cost": yuan}: at least one, no component twice."""
    names = {choice.value: choice.label for choice in question.choices}
    known = one_of(*names)

    def read_row(row: Any) -> ComponentCost:
        if not isinstance(row, Mapping) or set(row) != {"component", "cost"}:
            raise BadValueError("每项应为含有 component, cost 的对象", "each must be an object with component and cost")
        code = known(row["component"])
        return ComponentCost(code, money(row["cost"]), names[code])

    def read(raw: Any) -> tuple[ComponentCost, ...]:
        rows = tuple(read_row(row) for row in _listed(raw))
        if question.required and not rows:
            raise BadValueError("至少填写一项", "must hold at least one")
        _each_once(tuple(row.component for row in rows))
        return rows

    return read


def _listed(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise BadValueError("应为列表", "must be a list")
    return raw


def _each_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes):
        raise BadValueError("同一项不能填写两次", "must not name the same one twice")
    return codes


LISTS: dict[str, Callable[[Question], Callable[[Any], Any]]] = {
    "choices": several_codes,
    "components": component_costs,
}
