"""Questions and pages: what an applicant, or an official at a stage, is asked."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import model_validator

from schemes.rules.conditions import Condition
from schemes.rules.texts import Frozen
from schemes.texts import LocalText

QuestionKind = Literal[
    "text",
    "id_number",
    "certificate",
    "date",
    "yes_no",
    "choice",
    "money",
    "integer",
    "division",
    "school",
    "household",
    "name",
    "phone",
    "account",
    "bank",
    "uscc",
    "choices",
    "percent",
    "components",
    "long_text",
]
WITH_CHOICES = frozenset({"choice", "choices", "components"})
APPLICANT = "applicant"


class Choice(Frozen):
    """One possible answer."""

    value: str
    label: LocalText


class Question(Frozen):
    """One thing that is asked.

    `fact`: the answer goes to `assess` (as `fact_name`); otherwise it is a field of the case only.
    `asked_of`: "applicant", or the code of the stage at which an official enters it.
    `nullable`: an empty answer is an answer (null), not a gap. `columns`: of a household, one set a member.
    `choices`: of a choice (one answer), of choices (any of them), of components (each with a cost in yuan).
    `within_policy` names the policy value {min, max, default} a whole number must lie in.
    `shown_when` may read other answers and `policy.<name>`; a question not shown is not needed.
    """

    name: str
    kind: QuestionKind
    label: LocalText
    hint: LocalText | None = None
    required: bool = True
    fact: bool = False
    fact_name: str = ""
    nullable: bool = False
    within_policy: str = ""
    choices: tuple[Choice, ...] = ()
    shown_when: Condition | None = None
    asked_of: str = APPLICANT
    columns: tuple["Question", ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind in WITH_CHOICES) != bool(self.choices):
            raise ValueError(f"{self.name}: choices belong to questions of kind choice, choices and components")
        codes = [choice.value for choice in self.choices]
        if len(set(codes)) < len(codes):
            raise ValueError(f"{self.name}: a choice stands twice")
        if (self.kind == "household") != bool(self.columns):
            raise ValueError(f"{self.name}: columns belong to questions of kind household")
        return self

    @property
    def as_fact(self) -> str:
        """The name `assess` knows the answer by."""
        return self.fact_name or self.name

    def is_shown(self, answers: Mapping[str, Any], policy: Mapping[str, Any] | None = None) -> bool:
        """Whether it is asked at all, given the other answers and the policy values in force."""
        if self.shown_when is None:
            return True
        return self.shown_when.holds({**answers, **{f"policy.{name}": value for name, value in (policy or {}).items()}})


class Page(Frozen):
    """One page of the form: one thing, or a few that belong together."""

    code: str
    title: LocalText
    hint: LocalText | None = None
    questions: tuple[Question, ...]

    @property
    def asked_of(self) -> str:
        """Who fills in the page; all its questions are asked of the same party."""
        return self.questions[0].asked_of

    @model_validator(mode="after")
    def _one_party(self) -> Self:
        if len({question.asked_of for question in self.questions}) != 1:
            raise ValueError(f"page {self.code}: all questions of a page are asked of one party")
        return self


class PaperAsked(Frozen):
    """A paper the applicant is asked to attach.

    `unless_check`: the data check that, when it succeeded, makes the paper unnecessary (it must not be asked then).
    `may_follow`: whether it may be handed in after filing; where the scheme does not say, a paper may that a data check
    can stand for (assumed: no document lists them).
    """

    code: str
    label: LocalText
    hint: LocalText | None = None
    required: bool = True
    shown_when: Condition | None = None
    unless_check: str = ""
    may_follow: bool | None = None

    @property
    def can_follow(self) -> bool:
        """Whether an applicant may file without it and hand it in later."""
        if not self.required:
            return False
        return bool(self.unless_check) if self.may_follow is None else self.may_follow
