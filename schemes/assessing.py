"""Assessing: published scheme + policy in force + facts → an explained Assessment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from schemes.definition import SchemeDefinition
from schemes.errors import FactsError, UnknownDivision, UnknownScheme
from schemes.facts import ReadFacts, policy_day, read_facts
from schemes.models import SchemeVersion, current_version
from schemes.policies import ResolvedPolicy, resolve_for
from schemes.rules import wording
from schemes.rules.assessment import Assessment, Line, Outcome, cited_line, incomplete, refused
from schemes.rules.engine import RuleSet, evaluate
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

__all__ = ["Assessor", "FactsError", "UnknownDivision", "UnknownScheme", "assess"]

DOUBTS = {
    "certificate_form": wording.CERTIFICATE_FORM,
    "same_person_twice": wording.SAME_PERSON_TWICE,
}


def assess(
    scheme_code: str,
    division_code: str,
    on: date,
    facts: Mapping[str, Any],
    overrides: Mapping[str, Any] | None = None,
    *,
    version: SchemeVersion | None = None,
) -> Assessment:
    """The assessment under the current (or a given) version. Raises FactsError, UnknownScheme, UnknownDivision."""
    return Assessor(scheme_code, version).assess(division_code, on, facts, overrides)


class Assessor:
    """Assesses many sets of facts of one scheme; remembers the policy of each division and day while it lives."""

    def __init__(self, scheme_code: str, version: SchemeVersion | None = None) -> None:
        version = version or current_version(scheme_code)
        if version is None or version.scheme_id != scheme_code:
            raise UnknownScheme(scheme_code)
        self.definition = version.definition
        self.rules = rules_of(self.definition)
        self._policies: dict[tuple[str, date], ResolvedPolicy] = {}

    def policy(self, division_code: str, on: date) -> ResolvedPolicy:
        """The policy in force; asked of the database once. Raises UnknownDivision."""
        key = (division_code, on)
        if key not in self._policies:
            self._policies[key] = resolve_for(self.definition, division_code, on)
        return self._policies[key]

    def assess(
        self, division_code: str, on: date, facts: Mapping[str, Any], overrides: Mapping[str, Any] | None = None
    ) -> Assessment:
        """One assessment. Raises FactsError and UnknownDivision."""
        resolved = self.policy(division_code, policy_day(self.definition, facts, on)).overridden_by(overrides)
        policy = resolved.for_rules
        read = read_facts(self.definition, facts, policy, on)
        outcome = self._outcome(resolved, policy, read, on)
        # Who is eligible without any value (a service) rests on the clause alone.
        rests = outcome.used or outcome.eligible
        basis = "stated" if rests and not policy.assumes(outcome.used) else "assumed"
        return Assessment(self.definition.code, division_code, on, outcome, basis)

    def _outcome(self, resolved: ResolvedPolicy, policy: Policy, read: ReadFacts, on: date) -> Outcome:
        if resolved.status != "in_force":
            return refused((self._out_of_force(resolved, policy),), frozenset())
        notes = tuple(note_lines(self.definition, policy, read))
        if read.missing:
            return incomplete(read.missing, notes, frozenset(self.definition.policy_values))
        found = evaluate(self.rules, read.values, policy, on)
        return replace(found, lines=(*found.lines, *notes))

    def _out_of_force(self, resolved: ResolvedPolicy, policy: Policy) -> Line:
        if resolved.status == "not_in_force":
            last = resolved.clauses[0].in_force_to
            return cited_line(policy, "not_in_force", wording.NOT_IN_FORCE, "fail", last.isoformat() if last else "")
        ask, code = self.definition.ask_at, self.definition.code
        zh, en = wording.WHOM_TO_ASK[resolved.status]
        label = Bilingual(zh=zh.format(ask.zh), en=en.format(ask.en))
        return cited_line(policy, resolved.status, label, "fail", code)


def rules_of(definition: SchemeDefinition) -> RuleSet:
    """What the engine needs to know of a definition."""
    choices = {
        question.as_fact: {choice.value: choice.label for choice in question.choices} for question in definition.facts()
    }
    return RuleSet(definition.requirements, definition.calculation, choices)


def note_lines(definition: SchemeDefinition, policy: Policy, read: ReadFacts) -> list[Line]:
    """What is told and decides nothing: the certificate's status, doubts, facts that were not used."""
    lines = [cited_line(policy, code, DOUBTS[code], "info") for code in read.doubts]
    lines += [cited_line(policy, "unused_fact", wording.UNKNOWN_FACT, "info", name) for name in read.unused]
    if any(question.kind == "certificate" for question in definition.facts()):
        lines.append(cited_line(policy, "certificate_status", wording.CERTIFICATE_STATUS, "info"))
    return lines
