"""What must hold between the parts of a scheme's definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from schemes.definition_reach import unreachable, untranslated
from schemes.questions import APPLICANT
from schemes.route_checks import amount_faults, lot_faults, silence_faults
from schemes.routes import AFTER_DECISION, AMOUNT
from schemes.rules.conditions import POLICY
from schemes.rules.parameters import read_parameter
from schemes.rules.parsing import BadValueError
from schemes.rules.registry import CALCULATION_FACTS, CALCULATION_VALUES, DERIVATIONS, READ_ALONG, unmet_choices
from schemes.rules.values import READERS, read_value

if TYPE_CHECKING:
    from schemes.definition import SchemeDefinition

LETTERS_OF_ALL = ("acceptance", "correction", "not_accepted", "refusal")
LETTERS_OF_KIND: dict[str, tuple[str, ...]] = {
    "grant": ("grant",),
    "periodic": ("grant",),
    "institution_grant": ("grant",),
    "interest_subsidy": ("grant",),
    "waiver": ("waiver_grant",),
    "phase_out": ("phase_out",),
    "service": ("service",),
    "referral": ("referral", "answer"),
}
# Which kinds of benefit each way of offering may name.
KINDS_OFFERED = {
    "apply": frozenset({"grant", "waiver", "phase_out", "periodic", "interest_subsidy", "service"}),
    "institution": frozenset({"institution_grant", "interest_subsidy", "waiver", "service"}),
    "refer": frozenset({"referral"}),
    "inform": frozenset({"none"}),
}
# Calculations that relieve no sum.
WITHOUT_MONEY = frozenset({"no_amount", "spacing"})
# Questions with fixed names, from which the parties of an organisation's case are known.
OF_ORGANISATIONS = ("organisation", "uscc", "name", "id_number", "phone")
OF_PAID_ORGANISATIONS = ("legal_representative", "account", "bank")
# A routing fact no question asks for: it comes with the school that was chosen.
OF_THE_OFFICE = frozenset({"run_by"})


def faults_of(scheme: SchemeDefinition) -> list[str]:
    """Everything that is wrong with a definition as a whole, in plain words; empty when it is sound."""
    if scheme.offered_as == "inform":
        return [*offer_faults(scheme), *superfluous_parts(scheme), *untranslated(scheme)]
    return [
        *offer_faults(scheme),
        *waiver_faults(scheme),
        *organisation_faults(scheme),
        *doubles(scheme),
        *dangling_names(scheme),
        *route_faults(scheme),
        *amount_faults(scheme),
        *lot_faults(scheme),
        *silence_faults(scheme),
        *missing_texts(scheme),
        *unknown_values(scheme),
        *unreachable(scheme),
        *untranslated(scheme),
    ]


def offer_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """How it is offered, whom it is for and what it gives must fit together."""
    if scheme.benefit_kind not in KINDS_OFFERED[scheme.offered_as]:
        yield f"a scheme offered as {scheme.offered_as} cannot give {scheme.benefit_kind}"
    if (scheme.offered_as == "institution") and scheme.applicant != "organisation":
        yield "a scheme offered as institution has the applicant organisation"
    if scheme.offered_as == "apply" and scheme.applicant == "organisation":
        yield "an organisation applies by a scheme offered as institution"
    if (scheme.offered_as == "refer") != (scheme.refer_to is not None):
        yield "refer_to belongs to schemes offered as refer, and only to them"


def waiver_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """What is relieved is said of waivers only, not of a deposit, and fits whether there is money in it."""
    if not scheme.relieves:
        return
    if scheme.benefit_kind != "waiver":
        yield "relieves belongs to waivers"
    elif scheme.calculation == "deposit_relief":
        yield "a relief of a deposit does not say what it relieves"
    elif (scheme.relieves == "spacing") != (scheme.calculation in WITHOUT_MONEY):
        yield f"a waiver calculated as {scheme.calculation} cannot relieve {scheme.relieves}"


def organisation_faults(scheme: SchemeDefinition) -> Iterator[str]:
    """An organisation's case names it, who acts for it and, where money is paid, where to: by questions of fixed names
    that the applicant always answers.
    """
    if scheme.applicant != "organisation":
        return
    needed = [*OF_ORGANISATIONS, *(OF_PAID_ORGANISATIONS if scheme.pays_money else ())]
    always = {question.name for question in scheme.questions(APPLICANT) if question.required and not question.nullable}
    shown = {question.name for question in scheme.questions(APPLICANT) if question.shown_when is None}
    yield from strangers("a question every organisation answers", needed, always & shown)


def superfluous_parts(scheme: SchemeDefinition) -> Iterator[str]:
    """What a scheme that is only told of cannot have."""
    for name in ("pages", "stages", "requirements", "papers_asked", "policy_values", "examples"):
        if getattr(scheme, name):
            yield f"a scheme that is only told of has no {name}"


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
        "parameter": [parameter.name for parameter in scheme.parameters],
        "example": [example.name for example in scheme.examples],
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
    yield from strangers("routing by", routing_names(scheme), routing | {AMOUNT} | policy)
    yield from strangers("requirement on", rule_names(scheme), facts | policy | set(READ_ALONG) | set(DERIVATIONS))
    yield from strangers("shown_when on", shown_names(scheme), questions | facts | policy)
    yield from strangers("within_policy", bounded_by(scheme), scheme.policy_values)
    yield from strangers("calculation needs fact", CALCULATION_FACTS[scheme.calculation], facts)
    if scheme.policy_date == "determined_on":
        yield from strangers("policy_date", ["determined_on"], facts)


def strangers(what: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A fault for each used name that is not known."""
    for name in sorted(set(used) - set(known)):
        yield f"{what}: {name} is not defined; define it or correct the name"


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
    if not kinds or kinds.count("decide") != 1 or kinds[0] != "accept" or kinds.count("accept") != 1:
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
    for kind in (*LETTERS_OF_ALL, *LETTERS_OF_KIND[scheme.benefit_kind]):
        if kind not in scheme.letters:
            yield f"letter {kind} is missing"
    if not scheme.remedies:
        yield "no remedy is named"
    if scheme.offered_as != "refer" and not scheme.refusal_reasons:
        yield "no refusal reason is named"
    if not scheme.case_number_prefix:
        yield "case_number_prefix is missing"
    if bool(scheme.once) != bool(scheme.once_group):
        yield "once and once_group belong together"


def unknown_values(scheme: SchemeDefinition) -> Iterator[str]:
    """Policy values nobody can read, or that the calculation needs and the scheme does not list."""
    declared = {parameter.name for parameter in scheme.parameters}
    yield from strangers("policy value", scheme.policy_values, {*READERS, *declared})
    yield from strangers("parameter not among the policy values", declared, scheme.policy_values)
    yield from strangers("example", (example.name for example in scheme.examples), scheme.policy_values)
    yield from strangers("calculation needs value", CALCULATION_VALUES[scheme.calculation], scheme.policy_values)
    facts = {question.as_fact for question in scheme.facts()}
    yield from unmet_choices(scheme.calculation, facts, scheme.policy_values)
    for name in sorted(declared & set(READERS)):
        yield f"parameter {name}: the calculations know this name already"
    for example in scheme.examples:
        yield from unreadable(example.name, example.value, scheme.parameter_kinds)


def unreadable(name: str, raw: Any, kinds: Mapping[str, str]) -> Iterator[str]:
    """A fault when a value cannot be read as what its name says it is."""
    if name not in READERS and name not in kinds:
        return
    try:
        _ = read_parameter(kinds[name], raw) if name in kinds else read_value(name, raw)
    except BadValueError as error:
        yield f"{name} {error}"
