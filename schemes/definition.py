"""The definition of a scheme: everything a published version of it says.

Read from catalogue/<scheme>.toml over the texts its archetype shares; frozen; stored as JSON in SchemeVersion.
"""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from schemes.definition_checks import faults_of
from schemes.letters import LegalKind, LetterKind, LetterText, Reason, Remedy, fill
from schemes.questions import APPLICANT, Choice, Page, PaperAsked, Question
from schemes.routes import FunctionBy, Seat, Stage
from schemes.rules.conditions import Condition
from schemes.rules.registry import CalculationName
from schemes.rules.requirements import Requirement
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

__all__ = [
    "APPLICANT",
    "Archetype",
    "Choice",
    "Condition",
    "FunctionBy",
    "LetterText",
    "LocalText",
    "Page",
    "PaperAsked",
    "Question",
    "Reason",
    "Remedy",
    "Requirement",
    "SchemeDefinition",
    "Seat",
    "Stage",
    "fill",
]

Archetype = Literal[
    "school_batch",
    "individual",
    "household",
    "agency_contract",
    "licence",
    "institution",
    "loan",
    "training",
]
GRANTING_LETTER: dict[str, LetterKind] = {"grant": "grant", "waiver": "waiver_grant", "phase_out": "phase_out"}


class SchemeDefinition(Frozen):
    """One thing a person, household or organisation can apply for.

    `public_title` is what outsiders see and never discloses disability. `policy_date` says which day's policy values
    apply: the first submission, or the fact `determined_on`. `case_division` names the question whose answer places
    the case. `ask_at` names the office to ask where no clause is on record. `routing_facts` are the facts by which
    stages and offices are chosen. `once` "life" means once a person for life over every scheme of the same
    `once_group`; `excludes` lists schemes that cannot be held beside this one.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{2,39}$")
    archetype: Archetype
    title: LocalText
    public_title: LocalText
    summary: LocalText
    benefit_kind: Literal["grant", "waiver", "phase_out"]
    applicant: Literal["person", "household", "organisation"] = "person"
    calculation: CalculationName
    policy_date: Literal["submission", "determined_on"] = "submission"
    case_number_prefix: str = Field(pattern=r"^[A-Z]{2,6}$")
    case_division: str
    ask_at: LocalText
    policy_values: tuple[str, ...]
    routing_facts: tuple[str, ...] = ()
    once: Literal["life", ""] = ""
    once_group: str = ""
    excludes: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    pages: tuple[Page, ...]
    papers_asked: tuple[PaperAsked, ...] = ()
    declarations: tuple[LocalText, ...] = ()
    stages: tuple[Stage, ...]
    letters: dict[LetterKind, LetterText]
    refusal_reasons: tuple[Reason, ...]
    remedies: dict[LegalKind, Remedy]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        faults = faults_of(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def questions(self, asked_of: str | None = None) -> Iterator[Question]:
        """Every question in the order asked; or only those of the applicant, or of the stage with this code."""
        for page in self.pages:
            for question in page.questions:
                if asked_of in (None, question.asked_of):
                    yield question

    def applicant_pages(self) -> tuple[Page, ...]:
        """The pages the applicant walks through."""
        return self.pages_of(APPLICANT)

    def pages_of(self, asked_of: str) -> tuple[Page, ...]:
        """The pages asked of the applicant, or of the official at the stage with this code."""
        return tuple(page for page in self.pages if page.asked_of == asked_of)

    def question(self, name: str) -> Question:
        """The question of this name. Raises KeyError."""
        for question in self.questions():
            if question.name == name:
                return question
        raise KeyError(name)

    def stage(self, code: str) -> Stage:
        """The stage of this code. Raises KeyError."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)

    def facts(self) -> tuple[Question, ...]:
        """The questions whose answers `assess` needs."""
        return tuple(question for question in self.questions() if question.fact)

    @property
    def granting_letter(self) -> LetterText:
        """The letter that tells of a positive decision."""
        return self.letters[GRANTING_LETTER[self.benefit_kind]]

    @property
    def pays_money(self) -> bool:
        """Whether a grant of it makes payments of ours; a waiver changes a contract instead."""
        return self.benefit_kind != "waiver"
