"""The assessment in the applicant's words: what it looks like so far, and why. An official decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from people.day_words import stored_in_words
from schemes.definition import APPLICANT, SchemeDefinition

FOR_OFFICIALS = frozenset({"missing", "unused_fact", "certificate_status"})
WORDS = {
    "pass": gettext_lazy("符合"),
    "fail": gettext_lazy("不符合"),
    "info": gettext_lazy("说明"),
    "amount": gettext_lazy("金额"),
}
# What the sum is called, for the kinds of benefit that have one: a service or a referral has none.
AMOUNT_LABELS = {
    "grant": gettext_lazy("补贴金额"),
    "waiver": gettext_lazy("减免金额"),
    "phase_out": gettext_lazy("渐退期内合计"),
    "periodic": gettext_lazy("本期补贴金额"),
    "institution_grant": gettext_lazy("奖补金额"),
    "interest_subsidy": gettext_lazy("本期贴息金额"),
}


@dataclass(frozen=True)
class ReadLine:
    """One step of the reasoning, ready to read."""

    label: str
    value: str
    result: str
    word: str
    document: str
    clause: str


@dataclass(frozen=True)
class Explained:
    """What an assessment tells an applicant. `eligible` is None while something is missing; `amount` is "" where the
    scheme gives no money.

    `yours` are labels of what the applicant still has to answer, `theirs` of what an office looks into.
    """

    eligible: bool | None
    amount: str
    amount_label: str
    assumed: bool
    lines: tuple[ReadLine, ...]
    schedule: tuple[Mapping[str, str], ...]
    yours: tuple[str, ...]
    theirs: tuple[str, ...]


def explained(definition: SchemeDefinition, assessment: Mapping[str, Any]) -> Explained:
    """An assessment in the contract's JSON form, explained."""
    missing = {_base(name) for name in assessment["missing"]}
    lacking = [question for question in definition.facts() if question.as_fact in missing]
    return Explained(
        eligible=assessment["eligible"],
        amount=amount_of(definition, assessment),
        amount_label=amount_label(definition),
        assumed=assessment["basis"] == "assumed",
        lines=tuple(_lines(assessment)),
        schedule=tuple({**row, "month": stored_in_words(row["month"])} for row in assessment["schedule"]),
        yours=tuple(str(question.label) for question in lacking if question.asked_of == APPLICANT),
        theirs=tuple(str(question.label) for question in lacking if question.asked_of != APPLICANT),
    )


def amount_of(definition: SchemeDefinition, assessment: Mapping[str, Any]) -> str:
    """The sum of an assessment; "" where there is none yet, and where the scheme gives no money."""
    return (assessment["amount"] or "") if definition.benefit_kind in AMOUNT_LABELS else ""


def amount_label(definition: SchemeDefinition) -> str:
    """What the sum of a scheme is called; "" where it gives no money and forgives none."""
    return str(AMOUNT_LABELS.get(definition.benefit_kind, ""))


def _base(name: str) -> str:
    """household[0].monthly_wage belongs to the question household."""
    return name.partition("[")[0]


def _lines(assessment: Mapping[str, Any]) -> Iterator[ReadLine]:
    for line in assessment["lines"]:
        if line["code"] not in FOR_OFFICIALS:
            yield in_words(line)


def in_words(line: Mapping[str, Any]) -> ReadLine:
    """A line of an assessment in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return ReadLine(
        label=line[f"label_{language}"],
        value=_value(line, language),
        result=line["result"],
        word=str(WORDS[line["result"]]),
        document=line["document"],
        clause=line["clause"],
    )


def _value(line: Mapping[str, Any], language: str) -> str:
    value = line[f"value_{language}"] or line["value"]
    return f"{Decimal(value):,.2f}" if line["result"] == "amount" else stored_in_words(value)
