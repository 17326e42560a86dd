"""Distances between shops 零售点间距: how near a disabled shopkeeper's shop may lie.

"To 70–90 % of the standard" and "reduced by 20 %" are different rules: 20 % off leaves 80 %.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from schemes.rules.assessment import Line, Outcome, Result, cited_line, refused
from schemes.rules.explaining import lacking, short
from schemes.rules.money import ZERO, half_up
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual
from schemes.rules.value_kinds import SpacingRule

VALUES = ("spacing_rule",)
FACTS = ("standard_distance", "actual_distance")
STRICTEST = Bilingual(zh="放宽后最严的间距（米）", en="Distance needed on the strictest reading (metres)")
MOST_LENIENT = Bilingual(zh="放宽后最宽的间距（米）", en="Distance needed on the most lenient reading (metres)")
FAR_ENOUGH = Bilingual(zh="实际间距符合放宽后的要求", en="The shop lies far enough away")
TO_DECIDE = Bilingual(
    zh="实际间距在放宽幅度之内，由审批机关在幅度内决定",
    en="The distance lies within the range of the relaxation; the office decides within that range",
)


def too_near(needed: str) -> Bilingual:
    """That the shop is too near, and how far away it would have to be."""
    return Bilingual(
        zh=f"实际间距小于放宽后的最低要求，至少应为{needed}米",
        en=f"The shop lies nearer than the relaxed rule allows; at least {needed} metres are needed",
    )


def needed_distances(standard: int, rule: SpacingRule) -> tuple[Fraction, Fraction]:
    """The distance needed in metres, exact: on the most lenient reading, and on the strictest."""
    lenient, strict = rule.kept
    return Fraction(lenient) * standard / 100, Fraction(strict) * standard / 100


def spacing(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """Whether the shop lies far enough away. No money is paid: the amount is 0.00."""
    gap = lacking(facts, policy, FACTS, VALUES)
    if gap is not None:
        return gap
    lenient, strict = needed_distances(facts["standard_distance"], policy.value("spacing_rule"))
    lines = (
        _needed(policy, "strictest_distance", STRICTEST, strict),
        _needed(policy, "most_lenient_distance", MOST_LENIENT, lenient),
        _judged(policy, facts["actual_distance"], lenient, strict),
    )
    used = frozenset(VALUES)
    if lines[-1].result == "fail":
        return refused(lines, used)
    return Outcome(eligible=True, amount=ZERO, lines=lines, used=used)


def metres(distance: Fraction) -> str:
    """A distance as it is told: at most two decimals."""
    return short(half_up(distance))


def _needed(policy: Policy, code: str, label: Bilingual, distance: Fraction) -> Line:
    return cited_line(policy, code, label, "info", metres(distance), rests_on="spacing_rule")


def _judged(policy: Policy, actual: int, lenient: Fraction, strict: Fraction) -> Line:
    result: Result = "pass" if actual >= strict else "info" if actual >= lenient else "fail"
    label = {"pass": FAR_ENOUGH, "info": TO_DECIDE}.get(result) or too_near(metres(lenient))
    return cited_line(policy, "actual_distance", label, result, str(actual), rests_on="spacing_rule")
