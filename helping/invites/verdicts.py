"""What the rules say of one person whose facts are known in part: pure reckoning over an Assessor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from helping.models import Match
from schemes.assessing import Assessor
from schemes.definition import Question
from schemes.errors import FactsError
from schemes.facts import read_facts
from schemes.finding.sifting import truth
from schemes.rules.conditions import POLICY

Verdict = Match.Verdict


@dataclass(frozen=True)
class Found:
    """The verdict, the lines it rests on as the contract holds them, and the facts that are missing."""

    verdict: str
    lines: tuple[dict[str, str], ...] = ()
    missing: tuple[str, ...] = ()


class Judge:
    """Judges many people for one scheme in one place on one day."""

    def __init__(self, assessor: Assessor, division: str, on: date) -> None:
        self._assessor, self._division, self._on = assessor, division, on
        self._questions = {question.name: question for question in assessor.definition.facts()}

    def judge(self, number: str, answers: Mapping[str, Any]) -> Found:
        """What can be said on these answers, given by the names of questions. Facts that cannot be are no verdict."""
        facts = self._facts(number, answers)
        try:
            assessment = self._assessor.assess(self._division, self._on, facts)
        except FactsError:
            return Found(Verdict.UNREADABLE)
        lines = tuple(line.as_json() for line in assessment.lines)
        if assessment.eligible is None:
            verdict = Verdict.NOT if self._surely_fails(facts) else Verdict.UNSURE
            return Found(verdict, lines, tuple(assessment.missing))
        return Found(Verdict.ELIGIBLE if assessment.eligible else Verdict.NOT, lines)

    def _facts(self, number: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        facts = {question.as_fact: answers[name] for name, question in self._questions.items() if name in answers}
        if "id_number" in self._questions:
            facts[self._questions["id_number"].as_fact] = number
        place = self._questions.get(self._assessor.definition.case_division)
        if isinstance(place, Question) and place.kind == "division":
            facts.setdefault(place.as_fact, self._division)
        return facts

    def _surely_fails(self, facts: Mapping[str, Any]) -> bool:
        """Whether a condition is not met whatever the missing facts are."""
        definition = self._assessor.definition
        policy = self._assessor.policy(self._division, self._on).for_rules
        known = read_facts(definition, facts, policy, self._on).values
        names = {**known, **{POLICY + name: given.value for name, given in policy.values.items()}}
        for rule in definition.requirements:
            applies = rule.applies_when is None or truth(rule.applies_when, names)
            if applies and truth(rule.condition, names) is False:
                return True
        return False
