"""A form filled in by somebody who hears it: every control is answered by what it is called, in the order it comes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from people.models import Division, Office
from schemes.definition import APPLICANT, Question, SchemeDefinition
from tests.journeys import steps
from tests.journeys.by_ear.ears import Ears, names_of
from tests.journeys.by_ear.tree import Heard

ADD, ADD_NEXT, ADDED = "添加第一位家庭成员", "再添加一位", "添加到家庭里"
AGAIN = "再填一遍：%(label)s"
PARTS = {"年": "year", "月": "month", "日": "day"}
ANYTHING = "说明"
MOST_STOPS = 250


@dataclass
class Form:
    """What somebody knows who applies: the questions of a scheme by their labels, and the answers to them.

    Of the papers the first is at hand and those that cannot follow; the others are promised for later.
    """

    definition: SchemeDefinition
    answers: dict[str, Any]
    handed_in: list[str] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        asked = tuple(self.definition.questions(APPLICANT))
        columns = [(column, None) for question in asked for column in question.columns]
        told = [(question, self.answers.get(question.name)) for question in asked]
        self.by_label = {str(question.label): (question, value) for question, value in [*columns, *told]}
        self.household = next((question.name for question in asked if question.columns), "")
        self.members = list(self.answers.get(self.household) or [])
        self.papers = [str(paper.label) for paper in self.definition.papers_asked]
        papers = [paper for paper in self.definition.papers_asked if paper.required]
        self.at_hand = {str(paper.label) for paper in papers if paper is papers[0] or not paper.can_follow}

    def fill(self, ears: Ears, end: str, known: dict[str, Any] | None = None) -> None:
        """Go through the controls of a page, answer each, and press the button that is called `end`.

        `known` are the answers of a household's member, by the names of the columns.
        """
        done: set[str] = set()
        for _stop in range(MOST_STOPS):
            heard = ears.next()
            if heard.role == "button" and heard.name == gettext(end):
                return ears.follow()
            if heard.role == "link" and heard.name in {gettext(ADD), gettext(ADD_NEXT)} and self.members:
                return self._add_member(ears)
            if heard.role == "radio" and heard.group in done:
                continue
            done.add(heard.group)
            self._meet(ears, heard, known)
        raise AssertionError(f"{ears.page.url}: no button {end!r}")

    def _add_member(self, ears: Ears) -> None:
        ears.follow()
        ears.skip()
        self.fill(ears, ADDED, self.members.pop(0))

    def _meet(self, ears: Ears, heard: Heard, known: dict[str, Any] | None) -> None:
        paper = next((one for one in self.at_hand if heard.name.endswith(one)), "")
        if heard.role == "button" and paper and paper not in self.handed_in:
            ears.hand_in(steps.picture(f"{len(self.handed_in)}"))
            self.handed_in.append(paper)
        if heard.role in {"link", "button"}:
            return
        question, value = self._asked(heard, known)
        if heard.role == "checkbox":
            self._tick(ears, heard, question, value)
        elif heard.role in {"radio", "combobox"}:
            ears.choose(option_of(question, value) if question else None)
        elif value is not None:
            ears.type(text_of(heard, question, value))

    def _asked(self, heard: Heard, known: dict[str, Any] | None) -> tuple[Question | None, Any]:
        """The question a control belongs to, by the label of the control or of what it lies in."""
        before, _label, behind = gettext(AGAIN).partition("%(label)s")
        for said in names_of(heard):
            label = said.removeprefix(before).removesuffix(behind)
            if label in self.by_label:
                question, value = self.by_label[label]
                return question, known.get(question.name) if known is not None else value
        return None, ANYTHING

    def _tick(self, ears: Ears, heard: Heard, question: Question | None, value: Any) -> None:
        """A box of a question as answered; any other yes: a declaration, or a paper for later that is not at hand."""
        paper = next((one for one in self.papers if heard.name.endswith(one)), "")
        if question is None:
            wanted = paper not in self.handed_in
        else:
            wanted = heard.name in {str(one.label) for one in question.choices if one.value in (value or [])}
        if heard.is_("checked") != wanted:
            ears.press("Space")
            self.promised += [paper] if paper else []


def option_of(question: Question, value: Any) -> str:
    """How the option is called that stands for an answer."""
    if question.kind == "yes_no":
        return gettext("是") if value else gettext("否")
    if question.kind == "division":
        return Division.objects.get(pk=value).label
    if question.kind == "school":
        return Office.objects.get(pk=value).label
    return next(str(one.label) for one in question.choices if one.value == value)


def text_of(heard: Heard, question: Question | None, value: Any) -> str:
    """What is typed: of a date the part that is asked for, of sums the one of the thing."""
    if question is not None and question.kind == "date":
        parts = {gettext(part): name for part, name in PARTS.items()}
        return str(getattr(date.fromisoformat(value), parts[heard.name]))
    if question is not None and question.kind == "components":
        codes = {str(one.label): one.value for one in question.choices}
        return next((row["cost"] for row in value if row["component"] == codes.get(heard.name)), "")
    return str(value)
