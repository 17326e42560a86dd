"""What-if: how many past cases a proposal would change, and how, before anybody publishes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.assessing import Assessor
from schemes.facts import policy_day
from schemes.models import Proposal, SchemeVersion
from schemes.policies import ResolvedValue, lineage_of
from schemes.rules.assessment import Assessment
from schemes.rules.money import ZERO


@dataclass(frozen=True)
class PastCase:
    """The facts of a case as it was assessed; `reference` is how the caller finds it again.

    `facts_after`: the facts as a proposed version asks for them, where they differ.
    """

    reference: str
    division: str
    on: date
    facts: Mapping[str, Any]
    facts_after: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Change:
    """A case that would come out differently."""

    reference: str
    before: Assessment
    after: Assessment


@dataclass(frozen=True)
class Comparison:
    """What a proposal would do to the cases compared; sums in yuan over all of them."""

    compared: int
    changes: tuple[Change, ...]
    amount_before: Decimal
    amount_after: Decimal

    @property
    def gained(self) -> int:
        """How many would become eligible."""
        return sum(not change.before.eligible and bool(change.after.eligible) for change in self.changes)

    @property
    def lost(self) -> int:
        """How many would no longer be eligible."""
        return sum(bool(change.before.eligible) and not change.after.eligible for change in self.changes)


def compare(proposal: Proposal, cases: Iterable[PastCase], *, as_if: bool = False) -> Comparison:
    """Assess every case as things stand and as the proposal has it. Raises FactsError, UnknownDivision.

    `as_if`: a proposed value counts for every case, as if it had been in force on each case's own day.
    """
    comparer = Comparer(proposal, as_if=as_if)
    pairs = [(case.reference, *comparer.both(case)) for case in cases]
    changes = tuple(Change(*pair) for pair in pairs if differs(pair[1], pair[2]))
    before_sum = sum((before.amount or ZERO for _reference, before, _after in pairs), ZERO)
    after_sum = sum((after.amount or ZERO for _reference, _before, after in pairs), ZERO)
    return Comparison(len(pairs), changes, before_sum, after_sum)


class Comparer:
    """Assesses case after case twice: as things stand (`today`) and as a proposal has it (`proposed`)."""

    def __init__(self, proposal: Proposal, *, as_if: bool = False) -> None:
        self.today = Assessor(proposal.scheme_id)
        is_value = proposal.changes_value
        self.proposed = self.today if is_value else Assessor(proposal.scheme_id, _unpublished(proposal))
        self._reach = _Reach(proposal, self.today, as_if)

    def both(self, case: PastCase) -> tuple[Assessment, Assessment]:
        """Before and after. Raises FactsError, UnknownDivision."""
        before = self.today.assess(case.division, case.on, case.facts)
        facts = case.facts if case.facts_after is None else case.facts_after
        return before, self.proposed.assess(case.division, case.on, facts, self._reach.overrides(case))


def differs(before: Assessment, after: Assessment) -> bool:
    """Whether the case would come out differently."""
    return (before.eligible, before.amount, before.phase) != (after.eligible, after.amount, after.phase)


def _unpublished(proposal: Proposal) -> SchemeVersion:
    return SchemeVersion(scheme_id=proposal.scheme_id, content=proposal.content)


class _Reach:
    """Which cases a proposed value would reach: those of its division and days that no nearer value covers."""

    def __init__(self, proposal: Proposal, today: Assessor, as_if: bool) -> None:
        self.proposal = proposal
        self.today = today
        self.as_if = as_if
        self.lines: dict[str, list[str]] = {}

    def overrides(self, case: PastCase) -> dict[str, Any]:
        """The proposed value for a case it reaches, nothing for any other."""
        if not self.proposal.changes_value:
            return {}
        line = self._line(case.division)
        day = policy_day(self.today.definition, case.facts, case.on)
        content = self.proposal.content
        in_time = content["valid_from"] <= day.isoformat() <= (content["valid_to"] or "9999-12-31")
        if not (in_time or self.as_if) or self.proposal.division_id not in line:
            return {}
        present = self.today.policy(case.division, day).values.get(content["name"])
        return {} if self._is_nearer(present, line) else {content["name"]: content["value"]}

    def _is_nearer(self, present: ResolvedValue | None, line: list[str]) -> bool:
        """Whether what holds was published nearer to the case; the scheme's own example has no division at all."""
        if present is None or not present.division_code:
            return False
        return line.index(present.division_code) < line.index(self.proposal.division_id)

    def _line(self, division: str) -> list[str]:
        if division not in self.lines:
            self.lines[division] = lineage_of(division)
        return self.lines[division]
