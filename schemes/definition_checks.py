"""What must hold between the parts of a scheme's definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from schemes.questions import APPLICANT
from schemes.routes import AFTER_DECISION
from schemes.rules.conditions import POLICY
from schemes.rules.registry import CALCULATION_FACTS, CALCULATION_VALUES, DERIVATIONS, READ_ALONG
from schemes.rules.values import READERS

if TYPE_CHECKING:
    from schemes.definition import SchemeDefinition

LETTERS_OF_ALL = ("acceptance", "correction", "not_accepted", "refusal")
LETTER_OF_KIND = {"grant": "grant", "waiver": "waiver_grant", "phase_out": "phase_out"}
# A routing fact no question asks for: it comes with the school that was chosen.
OF_THE_OFFICE = frozenset({"run_by"})


def faults_of(scheme: SchemeDefinition) -> list[str]:
    """Everything that is wrong with a definition as a whole, in plain words; empty when it is sound."""
    return [
        *doubles(scheme),
        *dangling_names(scheme),
        *route_faults(scheme),
        *missing_texts(scheme),
        *unknown_values(scheme),
    ]


def doubles(scheme: SchemeDefinition) -> Iterator[str]:
    """Codes and names that are not unique."""
    for what, names in {
        "page": [page.code for page in scheme.pages],
        "question": [question.name for question in scheme.questions()],
        "fact": [question.as_fact for question in scheme.facts()],
        "stage": [stage.code for stage in scheme.stages],
        "requirement": [rule.code for rule in scheme.requirements],
        "reason": [reason.code for reason in scheme.refusal_reasons],
        "paper": [paper.code for paper in scheme.papers_asked],
    }.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{what} {name} stands {count} times"


def dangling_names(scheme: SchemeDefinition) -> Iterator[str]:
    """Names that are used and not defined."""
    questions = {question.name for question in scheme.questions()}
    facts = {question.as_fact for question in scheme.facts()}
    parties = {APPLICANT, *(stage.code for stage in scheme.stages)}
    policy = {POLICY + name for name in scheme.policy_values}
    routing = set(scheme.routing_facts)
    yield from strangers("asked_of", (question.asked_of for question in scheme.questions()), parties)
    yield from strangers("case_division", [scheme.case_division], questions)
    yield from strangers("routing fact", routing, questions | facts | OF_THE_OFFICE)
    yield from strangers("routing by", routing_names(scheme), routing)
    yield from strangers("requirement on", rule_names(scheme), facts | policy | set(READ_ALONG) | set(DERIVATIONS))
    yield from strangers("shown_when on", shown_names(scheme), questions | facts | policy)
    yield from strangers("within_policy", bounded_by(scheme), scheme.policy_values)
    yield from strangers("calculation needs fact", CALCULATION_FACTS[scheme.calculation], facts)
    if scheme.policy_date == "determined_on":
        yield from strangers("policy_date", ["determined_on"], facts)


def strangers(what: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A fault for each used name that is not known."""
    for name in sorted(set(used) - set(known)):
        yield f"{what}: {name} is not defined"


def routing_names(scheme: SchemeDefinition) -> Iterator[str]:
    """The facts that stages, seats and offices are chosen by."""
    for stage in scheme.stages:
        if stage.when is not None:
            yield from stage.when.names()
        for place in (stage, *stage.seats):
            if place.function_by is not None:
                yield place.function_by.fact


def rule_names(scheme: SchemeDefinition) -> Iterator[str]:
    """The names requirements read, cite and show."""
    for rule in scheme.requirements:
        yield from rule.condition.names()
        if rule.applies_when is not None:
            yield from rule.applies_when.names()
        if rule.rests_on:
            yield POLICY + rule.rests_on
        if rule.shows:
            yield rule.shows


def shown_names(scheme: SchemeDefinition) -> Iterator[str]:
    """The names that decide whether a question or a paper is asked for."""
    for asked in (*scheme.questions(), *scheme.papers_asked):
        if asked.shown_when is not None:
            yield from asked.shown_when.names()


def bounded_by(scheme: SchemeDefinition) -> list[str]:
    """The policy values that bound an answer."""
    return [question.within_policy for question in scheme.questions() if question.within_policy]


def route_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """The order of stages: accepted first, decided once, confirmed and filed after that."""
    kinds = [stage.kind for stage in scheme.stages]
    if kinds.count("decide") != 1 or kinds[0] != "accept" or kinds.count("accept") != 1:
        yield "a route begins with its one accept stage and has one decide stage"
        return
    decided = kinds.index("decide")
    for index, stage in enumerate(scheme.stages):
        if stage.kind in AFTER_DECISION and index < decided:
            yield f"stage {stage.code} stands before the decision"
        if stage.kind in ("accept", "review", "countersign") and index > decided:
            yield f"stage {stage.code} stands after the decision"
    if scheme.stages[decided].when is not None:
        yield "the decide stage cannot be conditional"


def missing_texts(scheme: SchemeDefinition) -> Iterator[str]:
    """Letters every scheme must have, and reasons that cite lines nobody writes."""
    for kind in (*LETTERS_OF_ALL, LETTER_OF_KIND[scheme.benefit_kind]):
        if kind not in scheme.letters:
            yield f"letter {kind} is missing"
    if not scheme.remedies:
        yield "no remedy is named"
    if (scheme.once == "life") != bool(scheme.once_group):
        yield "once and once_group belong together"


def unknown_values(scheme: SchemeDefinition) -> Iterator[str]:
    """Policy values nobody can read, or that the calculation needs and the scheme does not list."""
    yield from strangers("policy value", scheme.policy_values, READERS)
    yield from strangers("calculation needs value", CALCULATION_VALUES[scheme.calculation], scheme.policy_values)
