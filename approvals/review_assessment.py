"""The assessment as officials read it: every line under the clause it rests on, assumed values marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from applications.explained import amount_of
from schemes.definition import SchemeDefinition
from schemes.errors import UnknownDivision
from schemes.policies import ClauseRef, ResolvedPolicy, resolve_for

MISSING = "missing"
RESULTS = {
    "pass": gettext_lazy("符合"),
    "fail": gettext_lazy("不符合"),
    "info": gettext_lazy("提示"),
    "amount": gettext_lazy("金额"),
}


@dataclass(frozen=True)
class Line:
    """One line of the reasoning. `assumed`: it rests on a value that no policy document states."""

    code: str
    label: str
    result: str
    word: str
    value: str
    assumed: bool


@dataclass(frozen=True)
class Cited:
    """A clause and the lines that rest on it; `text` is "" where the clause itself is not on record."""

    document: str
    title: str
    clause: str
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Judged:
    """The whole assessment. `eligible` is None while facts are missing; `missing` are their labels."""

    eligible: bool | None
    amount: str
    assumed: bool
    cited: tuple[Cited, ...]
    schedule: tuple[Mapping[str, str], ...] = ()
    missing: tuple[str, ...] = field(default=())

    @property
    def failing(self) -> frozenset[str]:
        """Codes of the lines that fail."""
        return frozenset(line.code for line in self._lines() if line.result == "fail")

    @property
    def has_examples(self) -> bool:
        """Whether any line is marked as resting on an assumed value."""
        return any(line.assumed for line in self._lines())

    def _lines(self) -> Iterator[Line]:
        return (line for part in self.cited for line in part.lines)


def policy_for(definition: SchemeDefinition, division: str | None, on: date | None) -> ResolvedPolicy | None:
    """The policy a case is judged by; None before it is placed, and for a division nobody knows."""
    if division is None or on is None:
        return None
    try:
        return resolve_for(definition, division, on)
    except UnknownDivision:
        return None


def judged(definition: SchemeDefinition, assessment: Mapping[str, Any], policy: ResolvedPolicy | None) -> Judged:
    """A stored assessment beside the clauses in force; these alone while there is nothing to judge yet."""
    assumed = _assumed_lines(definition, policy)
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in (line for line in assessment["lines"] if line["code"] != MISSING):
        groups.setdefault((line["document"], line["clause"]), []).append(_line(line, assumed))
    clauses = {(clause.document, clause.clause): clause for clause in (policy.clauses if policy else ())}
    groups = groups or {key: [] for key in clauses}
    return Judged(
        eligible=assessment["eligible"],
        amount=amount_of(definition, assessment),
        assumed=assessment["basis"] == "assumed",
        cited=tuple(_cited(key, clauses.get(key), lines) for key, lines in groups.items()),
        schedule=tuple(assessment["schedule"]),
        missing=tuple(_labels(definition, assessment["missing"])),
    )


def _line(line: Mapping[str, str], assumed: frozenset[str]) -> Line:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return Line(
        code=line["code"],
        label=line[f"label_{language}"],
        result=line["result"],
        word=str(RESULTS[line["result"]]),
        value=line[f"value_{language}"] or line["value"],
        assumed=line["code"] in assumed,
    )


def _cited(key: tuple[str, str], clause: ClauseRef | None, lines: list[Line]) -> Cited:
    document, number = key
    title = clause.document_title if clause and clause.document_title != document else ""
    return Cited(document, title, number, clause.text if clause else "", tuple(lines))


def _assumed_lines(definition: SchemeDefinition, policy: ResolvedPolicy | None) -> frozenset[str]:
    """Codes of the lines that rest on an assumed value: requirements name it, calculations use its own name."""
    assumed = set(policy.assumed) if policy else set()
    resting = {requirement.code for requirement in definition.requirements if requirement.rests_on in assumed}
    return frozenset(resting | assumed)


def _labels(definition: SchemeDefinition, names: list[str]) -> list[str]:
    """What missing facts are called: household[0].monthly_wage as the label of the column, with the member's place."""
    labels = {question.as_fact: str(question.label) for question in definition.questions()}
    for question in definition.questions():
        for column in question.columns:
            labels[f"{question.as_fact}.{column.as_fact}"] = str(column.label)
    return [_label(name, labels) for name in names]


def _label(name: str, labels: Mapping[str, str]) -> str:
    listed, bracket, rest = name.partition("[")
    if not bracket:
        return labels.get(name, name)
    place, _dot, column = rest.partition("].")
    label = labels.get(f"{listed}.{column}", name)
    return _("第%(place)s位家庭成员的%(label)s") % {"place": int(place) + 1, "label": label}
