"""What a change of the household does to its phase-out: pure, from the assessment of the facts as they are now.

CONTRACT: a household at or below the standard is in benefit as before; one that is over it and has no ground for the
phase-out any more loses it; else the months go on, capped for the members it has now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benefits.models import ChangeOutcome, HouseholdChange

Effect, Kind = ChangeOutcome.Effect, HouseholdChange.Kind
BACK_IN_BENEFIT = frozenset({"within", "disregarding"})
INCOME_FELL, MOVED, DIED, NO_WORKER = "income_fell", "move", "death", "no_worker"
# The file of a head who is gone is closed; the others go on with one of their own.
HEAD_DIED, HEAD_LEFT = "head_died", "head_left"
HEAD_GONE = frozenset({HEAD_DIED, HEAD_LEFT})
# Why an assessment stops a phase-out, as the machine names it.
REASONS = {"property": "property", "no_disabled_worker": NO_WORKER, "other_income": "other_income"}


@dataclass(frozen=True)
class Judged:
    """What comes of a change, and why where that ends the phase-out ("" where it goes on)."""

    effect: str
    reason: str = ""


def judge(kind: str, after: Mapping[str, Any], *, here: bool, same_sums: bool, headless: bool = False) -> Judged | None:
    """What comes of a change; `after` is the assessment of the present facts in the contract's form.

    `here`: the household still lives where the phase-out was given; `same_sums`: no month pays another sum than
    before; `headless`: who applied is no member any more. None where the assessment reaches no phase: a fact is
    missing, or no policy is in force.
    """
    if not here:
        return Judged(Effect.TERMINATED, MOVED)
    if after["phase"] in BACK_IN_BENEFIT:
        return Judged(Effect.REVERTED, INCOME_FELL)
    if after["phase"] == "stopped":
        return Judged(Effect.TERMINATED, _reason(kind, after))
    if after["phase"] == "phasing_out" and headless:
        return Judged(Effect.TERMINATED, HEAD_DIED if kind == Kind.DEATH else HEAD_LEFT)
    if after["phase"] == "phasing_out":
        return Judged(Effect.NONE if same_sums else Effect.ADJUSTED)
    return None


def _reason(kind: str, after: Mapping[str, Any]) -> str:
    failed = next(line["code"] for line in after["lines"] if line["result"] == "fail" and line["code"] in REASONS)
    reason = REASONS[failed]
    return DIED if kind == Kind.DEATH and reason == NO_WORKER else reason


def carried(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The household of now, each who works employed since the first day known of them: a new job does not begin the
    time anew in which a wage is not counted. Members are known by their ID.

    assumed: no text says whether a new job begins that time anew; here it does not.
    """
    first = {member["id_number"]: member.get("employed_since") for member in before}
    return [_since_first(member, first.get(member["id_number"])) for member in now]


def _since_first(member: Mapping[str, Any], first: str | None) -> dict[str, Any]:
    since = member.get("employed_since")
    if not since or not first:
        return dict(member)
    return {**member, "employed_since": min(first, since)}
