"""What can I get? The pages one after the other, and what was found. What is answered stays with the visitor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.explained import ReadLine, in_words
from applications.forms import QuestionsForm
from applications.forms.fields import FieldContext
from applications.forms.stored import Options
from applications.localities import counties
from applications.offers import Offer, offers_in
from applications.told_before import Typed
from people.joining import in_a_row
from schemes.definition import Page, Question
from schemes.finding.guide import pages, questions
from schemes.finding.sifting import ORGANISATION, Match, sift
from schemes.policies import ResolvedPolicy, resolve_all
from schemes.rules.conditions import Condition

FOR_ORGANISATIONS = ("place", "organisation")
RESULT, SEEN = "result", "-seen"
GROUPS: dict[str, tuple[Promise, Promise]] = {
    "fits": (gettext_lazy("看来适合您"), gettext_lazy("点开看条件、材料和办理时间；能在网上申请的，从那里开始。")),
    "ask": (
        gettext_lazy("可能适合，要再看看条件"),
        gettext_lazy("您的回答还不能确定。点开看看，或者打电话问一问。"),
    ),
    "barred": (
        gettext_lazy("说的是您的情况，但有一条不符合"),
        gettext_lazy("按您的回答，下面写明的一条不符合当地规定。情况有变化时可以再看。"),
    ),
    "elsewhere": (
        gettext_lazy("适合您，但在这里还不能网上申请"),
        gettext_lazy("请向写明的单位咨询。这不等于当地没有这项政策。"),
    ),
}


@dataclass(frozen=True)
class Step:
    """One page of questions with its form; `number` of `count` pages; `before` is the page before, "" for the first."""

    page: Page
    form: QuestionsForm
    number: int
    count: int
    before: str


@dataclass(frozen=True)
class Found:
    """One scheme that was found, and how it stands in the county."""

    offer: Offer
    match: Match
    policy: ResolvedPolicy
    said: Mapping[str, Any]

    @property
    def reasons(self) -> tuple[ReadLine, ...]:
        """The conditions that are surely not met, in the reader's language."""
        return tuple(in_words(line.as_json()) for line in self.match.lines)

    @property
    def met(self) -> tuple[ReadLine, ...]:
        """The conditions that are surely met, in the reader's language."""
        return tuple(in_words(line.as_json()) for line in self.match.met)

    @property
    def because(self) -> str:
        """The answers for which the scheme is meant, as they were asked and answered."""
        return in_a_row(dict.fromkeys(_said(condition, self.said) for condition in self.match.because))

    @property
    def clause(self) -> Any:
        """The clause the scheme rests on in the county; None where none is in force."""
        in_force = self.policy.status in ("in_force", "inform_only")
        return self.policy.clauses[0] if in_force else None


@dataclass(frozen=True)
class Group:
    """Schemes that meet the answers in the same way."""

    code: str
    title: Promise
    lead: Promise
    found: tuple[Found, ...]


class Questioning:
    """What was answered so far. Every answer is checked anew, whoever brings it."""

    def __init__(self, typed: Typed, today: date) -> None:
        self.typed = typed
        self.context = FieldContext(today, places=_counties_once())
        self._forms = {page.code: self.bound(page, typed) for page in pages()}

    def bound(self, page: Page, typed: Typed) -> QuestionsForm:
        """The form of a page with what was typed."""
        return QuestionsForm(page.questions, self.context, {}, MultiValueDict(typed))

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that are right."""
        return {name: value for page in self.asked for name, value in self._answers(page).items()}

    @property
    def asked(self) -> list[Page]:
        """The pages for whoever asks: organisations are asked about themselves, not about a person."""
        if self.typed.get("asks_for") == [ORGANISATION]:
            return [page for page in pages() if page.code in FOR_ORGANISATIONS]
        return [page for page in pages() if page.code != ORGANISATION]

    @property
    def next_code(self) -> str:
        """The first page that is not answered rightly; RESULT when all are."""
        seen = self.typed.get(SEEN, ())
        waits = (page.code for page in self.asked if page.code not in seen or not self._forms[page.code].is_valid())
        return next(waits, RESULT)

    def reachable(self, code: str) -> str:
        """The page asked for, where everything before it is answered; else the first that waits."""
        codes = [*(page.code for page in self.asked), RESULT]
        waits = codes.index(self.next_code)
        return code if code in codes[: waits + 1] else codes[0] if not code else codes[waits]

    def step(self, code: str, form: QuestionsForm | None = None) -> Step:
        """A page as it was answered, or with a form that has faults."""
        asked = self.asked
        place = next(number for number, page in enumerate(asked) if page.code == code)
        page = asked[place]
        shown = form or QuestionsForm(page.questions, self.context, self._answers(page))
        return Step(page, shown, place + 1, len(asked), asked[place - 1].code if place else "")

    def with_page(self, page: Page, typed: Typed) -> Typed:
        """What is kept when a page was answered: its right answers in place of what was answered there before."""
        form = self.bound(page, typed)
        form.is_valid()
        names = [question.name for question in page.questions]
        kept = {name: values for name, values in self.typed.items() if name not in names}
        right = {name: typed[name] for name in names if name in typed and name not in form.errors}
        return kept | right | {SEEN: [*dict.fromkeys([*self.typed.get(SEEN, []), page.code])]}

    def _answers(self, page: Page) -> dict[str, Any]:
        if page.code not in self.typed.get(SEEN, ()):
            return {}
        form = self._forms[page.code]
        form.is_valid()
        return form.answers()


def found_for(answers: dict[str, Any], today: date) -> list[Group]:
    """The schemes that meet the answers, grouped by how; those for others are left out. Raises UnknownDivision."""
    offers = {offer.definition.code: offer for offer in offers_in(answers["division"], today)}
    definitions = [offer.definition for offer in offers.values()]
    resolved = resolve_all(definitions, answers["division"], today)
    policies = {code: policy.for_rules for code, policy in resolved.items() if policy.status == "in_force"}
    found: dict[str, list[Found]] = {code: [] for code in GROUPS}
    for match in sift(definitions, policies, answers):
        if match.verdict != "other":
            code = match.definition.code
            one = Found(offers[code], match, resolved[code], answers)
            found[_group(one)].append(one)
    return [Group(code, *GROUPS[code], tuple(items)) for code, items in found.items() if items]


def _counties_once() -> Callable[[Question], Options]:
    """The counties, asked for once however many pages have the question."""
    known: list[Options] = []

    def places(_question: Question) -> Options:
        if not known:
            known.append(counties())
        return known[0]

    return places


def _said(condition: Condition, said: Mapping[str, Any]) -> str:
    """One answer with its question; of several answers the one the condition is about."""
    question = questions()[condition.field]
    value = condition.value if condition.op == "has" else said[condition.field]
    label = next((str(choice.label) for choice in question.choices if choice.value == value), str(value))
    return _("%(question)s：%(answer)s") % {"question": question.label, "answer": label}


def _group(one: Found) -> str:
    reachable = one.offer.standing in ("open", "inform", "closed")
    return one.match.verdict if reachable else "elsewhere"
