"""The instalments of a grant, written down with the decision. Inside the door.

Every instalment is owed from the first day, component by component, and reserved in the envelope of the decision; what
waits for a milestone is not payable until it is met. The dues add up to the decided sum to the fen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from applications import answers as answers_of
from applications.door import Case
from applications.models import Application
from benefits.models import Grant, Milestone
from benefits.phase_out.facts import month_after
from schemes.policies import resolve_for
from schemes.rules.instalments import GRANT, Part, instalments, split

COMPONENT = "component"
INSTITUTION = Grant.Kind.INSTITUTION
VALUE = "instalments"
WHOLE = ""


@dataclass(frozen=True)
class Owed:
    """A part of an instalment: for which milestone and component ("" where there is none), and the sum in yuan."""

    milestone: Milestone
    component: str
    amount: Decimal


def parts_for(application: Application) -> tuple[Part, ...]:
    """The instalments policy asks for on the day of the case; none where it names none, as no text we know does."""
    if application.definition.benefit_kind != INSTITUTION:
        return ()
    policy = resolve_for(application.definition, application.division_id, application.policy_date)
    return instalments(policy.values[VALUE].value) if VALUE in policy.values else ()


def write(case: Case, grant: Grant, assessment: dict[str, Any]) -> list[Owed]:
    """Write the milestones of a grant and say what is owed for each; nothing where it is paid at once."""
    parts = parts_for(case.application)
    if not parts:
        return []
    milestones = [_milestone(case, grant, place, part) for place, part in enumerate(parts, start=1)]
    owed = [
        Owed(milestone, component, amount)
        for component, sum_ in components(case.application, assessment, grant.amount)
        for milestone, amount in zip(milestones, split(sum_, parts), strict=True)
    ]
    case.record("milestones.written", count=len(milestones), parts=len(owed))
    return sorted(owed, key=lambda one: one.milestone.place)


def components(application: Application, assessment: dict[str, Any], amount: Decimal) -> Sequence[tuple[str, Decimal]]:
    """The decided sum by component, in yuan; as one where it is not the sum of components."""
    sums = [Decimal(line["value"]) for line in assessment["lines"] if line["code"] == COMPONENT]
    claimed = answers_of.read(application).get("components") or []
    if not sums or len(sums) != len(claimed) or sum(sums, Decimal("0.00")) != amount:
        return [(WHOLE, amount)]
    return [(row["component"], sum_) for row, sum_ in zip(claimed, sums, strict=True)]


def _milestone(case: Case, grant: Grant, place: int, part: Part) -> Milestone:
    milestone = Milestone(
        grant=grant,
        application=case.application,
        place=place,
        occasion=part.occasion,
        percent=part.percent,
        due_on=day_after(timezone.localdate(case.at), part.months),
    )
    if part.occasion == GRANT:
        milestone.meet(case.at)
    milestone.save()
    return milestone


def day_after(start: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    first = start.replace(day=1)
    for _month in range(months):
        first = month_after(first)
    last = (month_after(first) - first).days
    return first.replace(day=min(start.day, last))
