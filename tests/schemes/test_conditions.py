"""Conditions: a closed set of comparisons."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemes.rules.conditions import Condition


def holds(condition, **names):
    return Condition.model_validate(condition).holds(names)


@pytest.mark.parametrize(
    "op, value, expected",
    [
        ("eq", 18, True),
        ("ne", 18, False),
        ("ge", 18, True),
        ("gt", 18, False),
        ("le", 18, True),
        ("lt", 18, False),
        ("in", [17, 18], True),
        ("in", [16, 17], False),
    ],
)
def test_each_comparison(op, value, expected):
    assert holds({"field": "age", "op": op, "value": value}, age=18) is expected


def test_present_asks_only_whether_it_is_there():
    assert holds({"field": "age", "op": "present"}, age=0)
    assert not holds({"field": "age", "op": "present"})


def test_a_comparison_with_something_absent_is_false():
    assert not holds({"field": "age", "op": "lt", "value": 18})
    assert not holds({"field": "kind", "op": "in", "policy": "covers"}, kind="sports")


def test_text_is_compared_as_what_it_is_compared_with():
    assert holds({"field": "day", "op": "ge", "value": "2026-09-01"}, day=date(2026, 9, 1))
    assert holds({"field": "sum", "op": "gt", "value": "99.99"}, sum=Decimal(100))


def test_true_is_not_one():
    assert not holds({"field": "flag", "op": "eq", "value": "1"}, flag=True)


def test_a_policy_value_may_stand_on_the_other_side():
    names = {"kind": "sports", "policy.covers": ("sports",)}
    assert holds({"field": "kind", "op": "in", "policy": "covers"}, **names)


def test_an_entry_of_a_policy_table_is_chosen_by_a_fact():
    condition = {"field": "sum", "op": "le", "policy": "limits", "key": "kind"}
    limits = {"policy.limits": {"welfare": Decimal(10), "sports": Decimal(20)}}
    assert holds(condition, sum=Decimal(15), kind="sports", **limits)
    assert not holds(condition, sum=Decimal(15), kind="welfare", **limits)


@pytest.mark.parametrize("held", [("rural", "disabled"), ["disabled"]])
def test_a_list_has_a_code(held):
    assert holds({"field": "kinds", "op": "has", "value": "disabled"}, kinds=held)
    assert not holds({"field": "kinds", "op": "has", "value": "dis"}, kinds=held)


def test_only_a_list_has_anything():
    assert not holds({"field": "kinds", "op": "has", "value": "dis"}, kinds="disabled")
    assert not holds({"field": "kinds", "op": "has", "value": "disabled"})
    assert not holds({"field": "kinds", "op": "has", "value": "disabled"}, kinds=())


def test_what_a_list_has_may_be_a_policy_value():
    assert holds({"field": "kinds", "op": "has", "policy": "wanted"}, kinds=("a",), **{"policy.wanted": "a"})


def test_all_any_and_not_combine():
    adult = {"field": "age", "op": "ge", "value": 18}
    here = {"field": "here", "op": "eq", "value": True}
    assert holds({"all": [adult, here]}, age=18, here=True)
    assert not holds({"all": [adult, here]}, age=18, here=False)
    assert holds({"any": [adult, here]}, age=1, here=True)
    assert holds({"not": adult}, age=17)


def test_it_says_which_names_it_needs_and_does_not_find():
    condition = Condition.model_validate(
        {"all": [{"field": "a", "value": 1}, {"field": "b", "op": "in", "policy": "c"}]}
    )
    assert list(condition.names()) == ["a", "b", "policy.c"]
    assert condition.absent({"a": 1}) == ["b", "policy.c"]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"field": "a", "value": 1, "all": [{"field": "b", "value": 1}]},
        {"field": "a", "op": "matches", "value": "x"},
        {"field": "a", "value": 1, "policy": "b"},
        {"field": "a"},
        {"field": "a", "value": 1, "key": "b"},
        {"expression": "age > 18"},
    ],
)
def test_any_other_shape_is_refused(shape):
    with pytest.raises(ValidationError):
        Condition.model_validate(shape)
