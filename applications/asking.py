"""What a case asks of its applicant: which pages, questions and papers, given the answers and the policy so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from applications import periods
from applications.models import Application, CorrectionPoint
from applications.states import State
from people import vault
from schemes.definition import APPLICANT, Page, PaperAsked, Question, SchemeDefinition
from schemes.errors import UnknownDivision
from schemes.policies import resolve_for

EMPTY = (None, "", [])
ANSWERS = "answers"
# Beside a question asked once a member: what was filled in of a member who is not on the list yet.
BEGUN = ":begun"
TYPES = {"money": Decimal, "percent": Decimal, "date": date.fromisoformat}


def typed(questions: Iterator[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as conditions compare them: sums as Decimal, dates as date."""
    named = dict(answers)
    for question in questions:
        value = answers.get(question.name)
        if question.kind in TYPES and value not in EMPTY:
            named[question.name] = TYPES[question.kind](value)
        if question.as_fact not in named and question.name in named:
            named[question.as_fact] = named[question.name]
    return named


def policy_of(application: Application, today: date) -> dict[str, Any]:
    """The bare policy values in force where the case is placed; none before it is placed."""
    if application.division_id is None:
        return {}
    try:
        resolved = resolve_for(application.definition, application.division_id, application.policy_date or today)
    except UnknownDivision:
        return {}
    return resolved.plain_values


@dataclass(frozen=True)
class Asking:
    """What is asked of the applicant now. In a correction only what it names, and what the answers newly call for.

    In a short claim the pages and papers that stay from one period to the next are kept: nobody is led through a kept
    page that is complete, and kept papers are not asked for again.
    """

    definition: SchemeDefinition
    answers: Mapping[str, Any]
    policy: Mapping[str, Any]
    named_questions: frozenset[str] | None = None
    named_papers: frozenset[str] = field(default=frozenset())
    kept_pages: frozenset[str] = field(default=frozenset())
    kept_papers: frozenset[str] = field(default=frozenset())

    @cached_property
    def names(self) -> dict[str, Any]:
        """What conditions read."""
        policy = {f"policy.{name}": value for name, value in self.policy.items()}
        return typed(self.definition.questions(), self.answers) | policy

    def shows(self, asked: Question | PaperAsked) -> bool:
        """Whether a question or a paper is asked for at all."""
        if asked.shown_when is None:
            return True
        return asked.shown_when.holds(self.names)

    def is_answered(self, question: Question) -> bool:
        """Whether there is an answer, or none is needed; somebody half filled in is none."""
        if self.answers.get(question.name + BEGUN):
            return False
        if question.nullable or not question.required:
            return True
        return self.answers.get(question.name) not in EMPTY

    def questions_on(self, page: Page) -> tuple[Question, ...]:
        """The questions of a page that are asked now."""
        shown = (question for question in page.questions if self.shows(question))
        if self.named_questions is None:
            return tuple(shown)
        return tuple(q for q in shown if q.name in self.named_questions or not self.is_answered(q))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that have something to ask, in order."""
        asked = (page for page in self.definition.applicant_pages() if self.questions_on(page))
        return tuple(page for page in asked if page.code not in self.kept_pages or not self.is_complete(page))

    @cached_property
    def papers(self) -> tuple[PaperAsked, ...]:
        """The papers asked for."""
        if self.named_questions is None:
            papers = (paper for paper in self.definition.papers_asked if paper.code not in self.kept_papers)
            return tuple(paper for paper in papers if self.shows(paper))
        return tuple(paper for paper in self.definition.papers_asked if paper.code in self.named_papers)

    @cached_property
    def unanswered(self) -> tuple[Question, ...]:
        """Required questions of the applicant that are shown and have no answer."""
        asked = self.definition.questions(APPLICANT)
        return tuple(question for question in asked if self.shows(question) and not self.is_answered(question))

    def is_complete(self, page: Page) -> bool:
        """Whether every question of a page has its answer."""
        return not set(self.questions_on(page)) & set(self.unanswered)

    @property
    def editable(self) -> frozenset[str] | None:
        """The names of the questions that may be saved; None where every question may."""
        if self.named_questions is None:
            return None
        return self.named_questions | {question.name for question in self.unanswered}


def asking_of(application: Application, answers: Mapping[str, Any], today: date) -> Asking:
    """What this case asks now."""
    policy = policy_of(application, today)
    if application.state != State.RETURNED:
        kept = (periods.KEPT_PAGES, periods.KEPT_PAPERS) if application.continues_id else (frozenset(), frozenset())
        return Asking(application.definition, answers, policy, kept_pages=kept[0], kept_papers=kept[1])
    points = CorrectionPoint.objects.filter(
        correction__application=application, correction__round=application.round
    ).values_list("target", "name")
    named = {target: frozenset(name for kind, name in points if kind == target) for target in CorrectionPoint.Target}
    further = further_papers(application, Asking(application.definition, answers, policy))
    return Asking(
        application.definition,
        answers,
        policy,
        named[CorrectionPoint.Target.QUESTION],
        named[CorrectionPoint.Target.PAPER] | further,
    )


def further_papers(application: Application, now: Asking) -> frozenset[str]:
    """Required papers that corrected answers call for and the answers as filed did not, by code.

    `now` asks for everything the answers call for, not for what the correction names alone.
    """
    answered = {question.name for question in application.definition.questions()}
    depending = [
        paper
        for paper in application.definition.papers_asked
        if paper.required and paper.shown_when is not None and answered & set(paper.shown_when.names())
    ]
    wanted = [paper for paper in depending if now.shows(paper)]
    if not wanted:
        return frozenset()
    filed = application.rounds.get(number=application.round)
    stored = vault.decrypt_json(application.data_key, bytes(filed.answers), ANSWERS)
    before = replace(now, answers=stored)
    return frozenset(paper.code for paper in wanted if not before.shows(paper))
