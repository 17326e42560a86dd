"""The cases of a package, assessed as if it were in force, and each compared with what it should come to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.joining import in_a_row, labelled, listed
from people.models import Division
from schemes.assessing import Assessor, FactsError, UnknownDivision
from schemes.building.package import Package
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.policies import ClauseRef, ResolvedPolicy, ResolvedValue, lineage_of, resolve
from schemes.rules.assessment import Assessment
from schemes.rules.texts import Bilingual

LAST_DAY = "9999-12-31"
NO_LABELS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Tried:
    """A case and what came out of it. `differs` are the points that came out otherwise: (point, wanted, found);
    `missing` the facts that were not given, by their questions.
    """

    name: str
    assessment: Assessment | None
    differs: tuple[tuple[str, str, str], ...]
    error: str = ""
    missing: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it came out as written."""
        return not self.differs and not self.error


def try_cases(package: Package, definition: SchemeDefinition, division: Division) -> list[Tried]:
    """Every case under the draft; nothing is written."""
    assessor = DraftAssessor(package, definition, division)
    labels = {question.as_fact: str(question.label) for question in definition.facts()}
    labels |= {rule.code: _text(rule.label) for rule in definition.requirements}
    return [tried(case, assessor.assess, labels) for case in package.cases]


def _text(label: Bilingual) -> str:
    return label.in_language(get_language() or "")


def tried(case: Mapping[str, Any], assess: Any, labels: Mapping[str, str] = NO_LABELS) -> Tried:
    """One case, assessed by a function of division, day and facts; `labels` are the words for its codes."""
    try:
        assessment = assess(case["division"], date.fromisoformat(case["on"]), case["facts"])
    except FactsError as error:
        return Tried(
            case["name"], None, (), in_a_row(labelled(name, text) for name, text in error.in_language().items())
        )
    except UnknownDivision as error:
        return Tried(case["name"], None, (), str(error))
    missing = tuple(labels.get(name, name) for name in assessment.missing)
    return Tried(case["name"], assessment, tuple(differences(case["expect"], assessment, labels)), "", missing)


def differences(
    expect: Mapping[str, Any], assessment: Assessment, labels: Mapping[str, str] = NO_LABELS
) -> list[tuple[str, str, str]]:
    """The points of an expectation that came out otherwise."""
    found = points_of(assessment)
    return [
        (name, _worded(wanted, labels), _worded(found[name], labels))
        for name, wanted in expect.items()
        if _in_order(found[name]) != _in_order(wanted)
    ]


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def points_of(assessment: Assessment) -> dict[str, Any]:
    """What a case may speak of, in the words of tests/cases/README.md."""
    result = assessment.as_json()
    return {
        "eligible": "unknown" if result["eligible"] is None else result["eligible"],
        "amount": result["amount"],
        "fails": [line["code"] for line in result["lines"] if line["result"] == "fail"],
        "missing": result["missing"],
    }


def _worded(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return listed(labels.get(code, code) for code in value) or "—"
    outcomes = {True: _("符合条件"), False: _("不符合条件"), "unknown": _("缺少信息，还不能判断")}
    return outcomes[value] if isinstance(value, bool) or value == "unknown" else str(value)


class DraftAssessor(Assessor):
    """Assesses by a definition, clauses and values nobody has published."""

    def __init__(self, package: Package, definition: SchemeDefinition, division: Division) -> None:
        content = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        super().__init__(definition.code, SchemeVersion(scheme_id=definition.code, content=content))
        self.package, self.division = package, division

    def policy(self, division_code: str, on: date) -> ResolvedPolicy:
        """What is in force, with the package over it."""
        key = (division_code, on)
        if key not in self._policies:
            self._policies[key] = self._with_package(division_code, on).seen_by(self.definition)
        return self._policies[key]

    def _with_package(self, division_code: str, on: date) -> ResolvedPolicy:
        line, present = lineage_of(division_code), resolve(self.definition.code, division_code, on)
        clauses = self._clauses(on)
        if self.division.pk not in line:
            return present
        if clauses:
            others = present.clauses if present.status == "in_force" else ()
            present = replace(present, status="in_force", clauses=(*clauses, *others))
        if present.status != "in_force":
            return present
        values = dict(present.values)
        for name, value in self._values(on).items():
            nearer = name in values and line.index(values[name].division_code) < line.index(self.division.pk)
            values[name] = values[name] if nearer else value
        return replace(present, values=values)

    def _clauses(self, on: date) -> tuple[ClauseRef, ...]:
        document = self.package.document
        begins = document and (document.get("dated") or document.get("published"))
        if document is None or not begins:
            return ()
        last = document.get("in_force_to")
        if not begins <= on.isoformat() <= (last or LAST_DAY):
            return ()
        return tuple(self._ref(document, clause, begins, last) for clause in self.package.clauses)

    def _ref(self, document: Mapping[str, Any], clause: Mapping[str, Any], begins: str, last: str | None) -> ClauseRef:
        return ClauseRef(
            document=document["number"] if document.get("number") else document["title"],
            document_title=document["title"],
            number=document.get("number", ""),
            clause=clause["clause"],
            text=clause["text"],
            strength=clause["strength"],
            division_code=self.division.pk,
            in_force_from=date.fromisoformat(begins),
            in_force_to=date.fromisoformat(last) if last else None,
            responsible=clause.get("responsible", ""),
            target=clause.get("target", ""),
            offered_as=clause.get("offered_as", ""),
        )

    def _values(self, on: date) -> dict[str, ResolvedValue]:
        document = self.package.document or {}
        return {
            value["name"]: ResolvedValue(
                value=value["value"],
                basis=value["basis"],
                division_code=self.division.pk,
                document=document.get("number", ""),
                clause=value["clause"],
                valid_from=date.fromisoformat(value["valid_from"]),
                valid_to=date.fromisoformat(value["valid_to"]) if value["valid_to"] else None,
                note=value["note"],
            )
            for value in self.package.values
            if value["valid_from"] <= on.isoformat() <= (value["valid_to"] or LAST_DAY)
        }
