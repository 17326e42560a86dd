"""What can I get? The pages one after the other, and what was found. Nothing that is answered is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.explained import ReadLine, in_words
from applications.forms import QuestionsForm
from applications.forms.fields import FieldContext
from applications.localities import counties
from applications.offers import Offer, offers_in
from schemes.definition import Page
from schemes.finding.guide import pages
from schemes.finding.sifting import ORGANISATION, Match, sift
from schemes.policies import resolve_all

FOR_ORGANISATIONS = ("place", "organisation")
GROUPS: dict[str, tuple[Promise, Promise]] = {
    "fits": (_("看来适合您"), _("点开看条件、材料和办理时间；能在网上申请的，从那里开始。")),
    "ask": (_("可能适合，要再看看条件"), _("您的回答还不能确定。点开看看，或者打电话问一问。")),
    "barred": (
        _("说的是您的情况，但有一条不符合"),
        _("按您的回答，下面写明的一条不符合当地规定。情况有变化时可以再看。"),
    ),
    "elsewhere": (_("适合您，但在这里还不能网上申请"), _("请向写明的单位咨询。这不等于当地没有这项政策。")),
}


@dataclass(frozen=True)
class Step:
    """One page of questions with its form; `number` of `count` pages."""

    page: Page
    form: QuestionsForm
    number: int
    count: int


@dataclass(frozen=True)
class Found:
    """One scheme that was found, and how it stands in the county."""

    offer: Offer
    match: Match

    @property
    def reasons(self) -> tuple[ReadLine, ...]:
        """The conditions that are surely not met, in the reader's language."""
        return tuple(in_words(line.as_json()) for line in self.match.lines)


@dataclass(frozen=True)
class Group:
    """Schemes that meet the answers in the same way."""

    code: str
    title: Promise
    lead: Promise
    found: tuple[Found, ...]


class Questioning:
    """What was answered so far, read anew from the form each time: every page carries the answers before it."""

    def __init__(self, data: QueryDict, today: date) -> None:
        self.data = data
        context = FieldContext(today, places=lambda _question: counties())
        self._forms = {page.code: QuestionsForm(page.questions, context, {}, data) for page in pages()}
        self._blank = {page.code: QuestionsForm(page.questions, context, {}) for page in pages()}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that are right."""
        return {name: value for page in self._asked() for name, value in self._answers(page).items()}

    def step(self) -> Step | None:
        """The page to show: the one to go back to, the first with a fault, or the next; None when all is answered."""
        asked, back = self._asked(), self.data.get("back", "")
        last = self.data.get("step", "")
        codes = [page.code for page in asked]
        if back in codes:
            return self._step(back, self._filled(back))
        seen = codes[: codes.index(last) + 1] if last in codes else []
        for code in seen:
            if not self._forms[code].is_valid():
                return self._step(code, self._forms[code])
        return self._step(codes[len(seen)], self._filled(codes[len(seen)])) if len(seen) < len(codes) else None

    def carried(self, but: str = "") -> Iterator[tuple[str, str]]:
        """What every other page was answered with, as it was typed, to be sent along."""
        for page in pages():
            for question in page.questions if page.code != but else ():
                for value in self.data.getlist(question.name):
                    yield question.name, value

    def before(self, code: str) -> str:
        """The page before one; "" for the first."""
        codes = [page.code for page in self._asked()]
        place = codes.index(code)
        return codes[place - 1] if place else ""

    def _asked(self) -> list[Page]:
        """The pages for whoever asks: organisations are asked about themselves, not about a person."""
        if self.data.get("asks_for") == ORGANISATION:
            return [page for page in pages() if page.code in FOR_ORGANISATIONS]
        return [page for page in pages() if page.code != ORGANISATION]

    def _answers(self, page: Page) -> dict[str, Any]:
        form = self._forms[page.code]
        form.is_valid()
        return form.answers()

    def _filled(self, code: str) -> QuestionsForm:
        """A page as it was answered, without complaints; blank before."""
        blank = self._blank[code]
        page = next(page for page in pages() if page.code == code)
        blank.initial = self._answers(page) if any(question.name in self.data for question in page.questions) else {}
        return blank

    def _step(self, code: str, form: QuestionsForm) -> Step:
        asked = self._asked()
        number = next(place for place, page in enumerate(asked, 1) if page.code == code)
        return Step(asked[number - 1], form, number, len(asked))


def found_for(answers: dict[str, Any], today: date) -> list[Group]:
    """The schemes that meet the answers, grouped by how; those for others are left out. Raises UnknownDivision."""
    offers = {offer.definition.code: offer for offer in offers_in(answers["division"], today)}
    definitions = [offer.definition for offer in offers.values()]
    resolved = resolve_all(definitions, answers["division"], today)
    policies = {code: policy.for_rules for code, policy in resolved.items() if policy.status == "in_force"}
    found: dict[str, list[Found]] = {code: [] for code in GROUPS}
    for match in sift(definitions, policies, answers):
        if match.verdict != "other":
            one = Found(offers[match.definition.code], match)
            found[_group(one)].append(one)
    return [Group(code, *GROUPS[code], tuple(items)) for code, items in found.items() if items]


def _group(one: Found) -> str:
    reachable = one.offer.standing in ("open", "inform", "closed")
    return one.match.verdict if reachable else "elsewhere"
