"""The engine: requirements first, each one line; then the calculation, if all of them are met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules import wording
from schemes.rules.assessment import Line, Outcome, Result, cited_line, incomplete, refused
from schemes.rules.conditions import POLICY
from schemes.rules.money import as_text
from schemes.rules.policy import Policy
from schemes.rules.registry import CALCULATIONS, DERIVATIONS
from schemes.rules.requirements import Requirement
from schemes.rules.texts import Bilingual

# Lines of calculations whose value is a code, and the facts that were answered with it.
ANSWERED_BY = {
    "category": ("category", "categories"),
    "highest_category": ("categories",),
    "trip_destination": ("trip_destination",),
}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one scheme. `choices` holds the words of coded answers: {fact: {code: words}}."""

    requirements: Sequence[Requirement]
    calculation: str
    choices: Mapping[str, Mapping[str, Bilingual]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What conditions may read: facts, derived facts and policy values; and which policy values deriving used."""

    names: Mapping[str, Any]
    used: frozenset[str]
    missing: tuple[str, ...]


def evaluate(rules: RuleSet, facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The outcome for complete facts. Same input, same outcome."""
    ground = ground_for(rules.requirements, facts, policy, on)
    applying = [
        rule for rule in rules.requirements if rule.applies_when is None or rule.applies_when.holds(ground.names)
    ]
    used = ground.used | policy_names(applying)
    missing = (*ground.missing, *absent_policy(applying, policy))
    if missing:
        return incomplete(tuple(dict.fromkeys(missing)), used=used)
    lines = tuple(requirement_line(rule, ground.names, policy, rules.choices) for rule in applying)
    if any(line.result == "fail" for line in lines):
        return refused(lines, used)
    found = CALCULATIONS[rules.calculation](facts, policy, on)
    explained = tuple(in_choice_words(line, rules.choices) for line in found.lines)
    return replace(found, lines=(*lines, *explained), used=used | found.used)


def ground_for(requirements: Sequence[Requirement], facts: Mapping[str, Any], policy: Policy, on: date) -> Ground:
    """Facts, the derived facts these requirements read, and the policy values, under one set of names."""
    read = {name for rule in requirements for name in rule.condition.names()}
    derived: dict[str, Any] = {}
    used: set[str] = set()
    missing: list[str] = []
    for name in DERIVATIONS.keys() & read:
        needs = DERIVATIONS[name].policy_names(policy)
        used.update(needs)
        missing.extend(policy.absent(needs))
        if not missing and all(facts.get(fact) is not None for fact in DERIVATIONS[name].facts):
            derived[name] = DERIVATIONS[name].find(facts, policy, on)
    values = {POLICY + name: given.value for name, given in policy.values.items()}
    return Ground({**facts, **derived, **values}, frozenset(used), tuple(missing))


def policy_names(requirements: Iterable[Requirement]) -> frozenset[str]:
    """The policy values these requirements read."""
    read = (
        name
        for rule in requirements
        for condition in (rule.condition, rule.applies_when)
        if condition is not None
        for name in condition.names()
    )
    return frozenset(name.removeprefix(POLICY) for name in read if name.startswith(POLICY))


def absent_policy(requirements: Iterable[Requirement], policy: Policy) -> tuple[str, ...]:
    """The policy values these requirements need and this division does not have."""
    names = (name for rule in requirements for name in rule.condition.names() if name.startswith(POLICY))
    return policy.absent(name.removeprefix(POLICY) for name in names)


def requirement_line(
    rule: Requirement, names: Mapping[str, Any], policy: Policy, choices: Mapping[str, Mapping[str, Bilingual]]
) -> Line:
    """One requirement as one line: pass or fail, with the fact it looked at (yes or no answers its label)."""
    value = names.get(rule.shows)
    text = plain(value)
    holds = rule.condition.holds(names)
    shown = shown_value(holds if isinstance(value, bool) else value, choices.get(rule.shows, {}))
    result: Result = "pass" if holds else "fail"
    line = cited_line(policy, rule.code, rule.label, result, text, rests_on=rule.rests_on, shown=shown)
    return line if rule.cites is None else replace(line, document=rule.cites[0], clause=rule.cites[1])


def in_choice_words(line: Line, choices: Mapping[str, Mapping[str, Bilingual]]) -> Line:
    """A line whose value is the code of an answer, told in the words of that answer."""
    for fact in ANSWERED_BY.get(line.code, ()):
        words = choices.get(fact, {}).get(line.value)
        if words is not None:
            return replace(line, value_zh=words.zh, value_en=words.en)
    return line


def plain(value: Any) -> str:
    """A fact as the text of a line: codes and ISO dates, sums with two decimals, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(plain, value))
    return as_text(value) if isinstance(value, Decimal) else str(value)


def shown_value(value: Any, words: Mapping[str, Bilingual]) -> Bilingual:
    """A fact in words for readers."""
    if isinstance(value, bool):
        return wording.YES if value else wording.NO
    if isinstance(value, tuple):
        told = [shown_value(item, words) for item in value]
        return Bilingual(zh="、".join(one.zh for one in told), en=", ".join(one.en for one in told))
    text = plain(value)
    return words.get(text) or Bilingual(zh=text, en=text)
