"""The definition of a scheme: everything a published version of it says.

Read from catalogue/<scheme>.toml over the texts its archetype shares; frozen; stored as JSON in SchemeVersion.
"""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from schemes.definition_checks import faults_of
from schemes.exclusions import Exclusion
from schemes.letters import LegalKind, LetterKind, LetterText, Reason, Remedy, fill
from schemes.questions import APPLICANT, Choice, Page, PaperAsked, Question
from schemes.routes import FunctionBy, Seat, Stage
from schemes.rules.conditions import Condition
from schemes.rules.parameters import ParameterKind
from schemes.rules.registry import CalculationName
from schemes.rules.requirements import Requirement
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

__all__ = [
    "APPLICANT",
    "Archetype",
    "Choice",
    "Condition",
    "Example",
    "FunctionBy",
    "LetterText",
    "LocalText",
    "Page",
    "PaperAsked",
    "Parameter",
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
OfferedAs = Literal["apply", "institution", "refer", "inform"]
BenefitKind = Literal[
    "grant",
    "waiver",
    "phase_out",
    "periodic",
    "institution_grant",
    "interest_subsidy",
    "service",
    "referral",
    "none",
]
GRANTING_LETTER: dict[str, LetterKind] = {
    "grant": "grant",
    "periodic": "grant",
    "institution_grant": "grant",
    "interest_subsidy": "grant",
    "waiver": "waiver_grant",
    "phase_out": "phase_out",
    "service": "service",
    "referral": "answer",
}
# What a waiver other than of a deposit relieves; "" is a fee of some other kind.
Relieves = Literal["stall_fee", "terminal_fee", "platform_fee", "fee", "spacing", ""]
PAYING_KINDS = frozenset({"grant", "phase_out", "periodic", "institution_grant", "interest_subsidy"})


class Parameter(Frozen):
    """A policy value the scheme declares for its own conditions; every other name is one the calculations know."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    kind: ParameterKind
    label: LocalText


class Example(Frozen):
    """A value that stands in where no place has published one. It is always `assumed`: shown as an example in
    demonstrations, never the ground of a decision on a production site. `note` says what it rests on.
    """

    name: str
    value: Any
    note: str = Field(min_length=4)


class SchemeDefinition(Frozen):
    """One thing a person, household or organisation can apply for.

    `offered_as`: applied for by persons or households; by institutions; a request we refer to the office in charge
    (`refer_to`) and whose answer we record; or only told of. `public_title` is what outsiders see and never discloses
    disability. `guide` tells in plain words how one goes about it. `relieves` says of a waiver what it relieves; how
    much of a deposit is relieved is a sum, and not said here. `policy_date` says which day's policy values
    apply: the first submission, or the fact `determined_on`. `case_division` names the question whose answer places
    the case. `ask_at` names the office to ask where no clause is on record. `routing_facts` are the facts by which
    stages and offices are chosen. `once` "life" means once a person (or organisation) for life, "year" once in a
    calendar year, over every scheme of the same `once_group`; `excludes` lists schemes that cannot be held beside it.
    `transition`: what becomes of forms still being filled in under an older version when this one is published; what
    was filed keeps its version.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{2,39}$")
    offered_as: OfferedAs = "apply"
    archetype: Archetype
    title: LocalText
    public_title: LocalText
    summary: LocalText
    guide: LocalText | None = None
    benefit_kind: BenefitKind
    relieves: Relieves = ""
    applicant: Literal["person", "household", "organisation"] = "person"
    calculation: CalculationName = "no_amount"
    policy_date: Literal["submission", "determined_on"] = "submission"
    case_number_prefix: str = Field(default="", pattern=r"^([A-Z]{2,6})?$")
    case_division: str = ""
    ask_at: LocalText
    refer_to: LocalText | None = None
    policy_values: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    examples: tuple[Example, ...] = ()
    routing_facts: tuple[str, ...] = ()
    once: Literal["life", "year", ""] = ""
    once_group: str = ""
    excludes: tuple[Exclusion, ...] = ()
    transition: Literal["keep", "move_drafts"] = "keep"
    requirements: tuple[Requirement, ...] = ()
    pages: tuple[Page, ...] = ()
    papers_asked: tuple[PaperAsked, ...] = ()
    declarations: tuple[LocalText, ...] = ()
    stages: tuple[Stage, ...] = ()
    letters: dict[LetterKind, LetterText] = {}
    refusal_reasons: tuple[Reason, ...] = ()
    remedies: dict[LegalKind, Remedy] = {}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        faults = faults_of(self)
        if faults:
            raise ValueError("\n".join(faults))
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
    def pays_money(self) -> bool:
        """Whether a grant of it makes payments of ours; a waiver changes a contract, a service is given in kind."""
        return self.benefit_kind in PAYING_KINDS

    @property
    def can_be_filed(self) -> bool:
        """Whether there is anything to file: a scheme that is only told of has no form."""
        return self.offered_as != "inform"

    @property
    def parameter_kinds(self) -> dict[str, str]:
        """The kinds of the policy values this scheme declares itself."""
        return {parameter.name: parameter.kind for parameter in self.parameters}
