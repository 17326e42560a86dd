"""Running one calculation by its name, with values as policy files write them."""

from datetime import date

from schemes.rules.policy import Given, Policy
from schemes.rules.registry import CALCULATIONS
from schemes.rules.values import read_value

ON = date(2026, 11, 22)


def policy_of(values):
    """Each value in force, stated, with a clause of its own: the name of the value."""
    return Policy(
        {name: Given(read_value(name, raw), False, "文号", name) for name, raw in values.items()}, "总文号", "总"
    )


def calculate(name, facts, values):
    return CALCULATIONS[name](facts, policy_of(values), ON)


def line(outcome, code):
    """The first line of this code; None where there is none."""
    return next((line for line in outcome.lines if line.code == code), None)


def fails(outcome):
    return [line.code for line in outcome.lines if line.result == "fail"]
