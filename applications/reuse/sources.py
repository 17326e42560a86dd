"""What the filed cases of one person, or one organisation, already tell of what a draft asks.

Only what stays the same from one application to the next (`applications.periods`), never an account: money needs its
account typed anew. Of several cases the latest counts. A helper is offered what they filed for that person themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from applications import answers as answers_of
from applications import own
from applications.asking import EMPTY, Asking
from applications.localities import places_for
from applications.models import Application, Attachment
from applications.periods import KEPT_PAGES, KEPT_PAPERS
from applications.reuse import party
from applications.states import State
from people import consents, vault
from people.models import User
from schemes.definition import PaperAsked, Question, SchemeDefinition

MOST_CASES = 12
# assumed: no document says how long a copy of a card or licence stays good; after a year it is asked for anew.
PAPERS_LAST = timedelta(days=365)
NEVER_TAKEN = frozenset({"account", "household"})


@dataclass(frozen=True)
class Told:
    """One answer of an earlier case that a question of the draft asks for again."""

    question: Question
    value: Any
    source: Application


@dataclass(frozen=True)
class Handed:
    """The files of one paper of an earlier case that the draft asks for again."""

    paper: PaperAsked
    files: tuple[Attachment, ...]

    @property
    def source(self) -> Application:
        """The case they were handed in with."""
        return self.files[0].application


@dataclass(frozen=True)
class Earlier:
    """What is known of one person or organisation. `key` is the address of their latest case."""

    latest: Application
    answers: tuple[Told, ...]
    papers: tuple[Handed, ...]

    @property
    def key(self) -> str:
        """How a page names it."""
        return self.latest.public_id


def has_earlier(user: User, draft: Application, at: datetime) -> bool:
    """Whether there is a case that could be looked at."""
    return _cases(user, draft, at).exists()


def earlier_of(user: User, draft: Application, at: datetime) -> list[Earlier]:
    """What can be taken over into a draft, one entry a person or organisation, the latest first."""
    cases = list(
        _cases(user, draft, at).select_related("scheme_version", "subject", "organisation", "data_key")[:MOST_CASES]
    )
    wanted = _Wanted(draft, at)
    files = _files_of(cases, wanted.paper_codes, at)
    found = (_known_of(together, wanted, files) for together in _by_party(cases))
    return [one for one in found if one.answers or one.papers]


def _cases(user: User, draft: Application, at: datetime) -> QuerySet[Application]:
    """Filed cases of the user of the draft's kind and of whom it names; their own are those of their own person."""
    found = own.cases_of(user, at).exclude(state=State.DRAFT).exclude(origin=Application.Origin.EX_OFFICIO)
    found = found.filter(for_other=draft.for_other, by_organisation=draft.by_organisation)
    found = found.filter(data_key__destroyed_at__isnull=True).exclude(public_id__in=consents.cases_taken_back(user))
    if user.person_id and not draft.for_other:
        found = found.filter(subject_id=user.person_id)
    return party.of_the_named(found, draft, answers_of.read(draft)).order_by("-pk")


def _by_party(cases: list[Application]) -> list[list[Application]]:
    whose = attrgetter("organisation_id" if cases and cases[0].by_organisation else "subject_id")
    together = [list(group) for _whose, group in groupby(sorted(cases, key=whose), whose)]
    return sorted(together, key=lambda group: -group[0].pk)


class _Wanted:
    """What the draft asks for that may be taken over, and has not been answered."""

    def __init__(self, draft: Application, at: datetime) -> None:
        self.definition = draft.definition
        self.present = answers_of.read(draft)
        self.today = timezone.localdate(at)
        self.questions = [one for one in lasting(self.definition) if self.present.get(one.name) in EMPTY]
        there = set(draft.attachments.filter(replaced_at__isnull=True).values_list("paper", flat=True))
        self.papers = [
            paper for paper in self.definition.papers_asked if paper.code in KEPT_PAPERS and paper.code not in there
        ]
        self.paper_codes = [paper.code for paper in self.papers]
        self._places: dict[str, frozenset[str]] = {}

    def fits(self, question: Question, value: Any) -> bool:
        """Whether the answer is one the question can have here."""
        if question.kind == "choice":
            return value in {choice.value for choice in question.choices}
        if question.kind == "choices":
            return set(value) <= {choice.value for choice in question.choices}
        return question.kind != "division" or value in self._offered(question)

    def _offered(self, question: Question) -> frozenset[str]:
        if question.name not in self._places:
            groups = places_for(self.definition, self.today)(question)
            self._places[question.name] = frozenset(code for _label, members in groups for code, _name in members)
        return self._places[question.name]


def lasting(definition: SchemeDefinition) -> Iterator[Question]:
    """The questions of a scheme whose answers stay the same from one application to the next."""
    for page in definition.applicant_pages():
        if page.code in KEPT_PAGES:
            yield from (question for question in page.questions if question.kind not in NEVER_TAKEN)


def _files_of(cases: Iterable[Application], codes: list[str], at: datetime) -> dict[int, dict[str, list[Attachment]]]:
    """The files that still count, by case and paper."""
    by_pk = {case.pk: case for case in cases}
    rows = Attachment.objects.filter(application__in=list(by_pk), paper__in=codes, replaced_at__isnull=True)
    found: dict[int, dict[str, list[Attachment]]] = {}
    for row in rows.filter(added_at__gte=at - PAPERS_LAST).order_by("pk"):
        row.application = by_pk[row.application_id]
        found.setdefault(row.application_id, {}).setdefault(row.paper, []).append(row)
    return found


def _known_of(cases: list[Application], wanted: _Wanted, files: dict[int, dict[str, list[Attachment]]]) -> Earlier:
    told: dict[str, Told] = {}
    handed: dict[str, Handed] = {}
    for case in cases:
        for one in _told_in(case, wanted):
            told.setdefault(one.question.name, one)
        for paper in wanted.papers:
            if paper.code in files.get(case.pk, {}):
                handed.setdefault(paper.code, Handed(paper, tuple(files[case.pk][paper.code])))
    answers = [told[question.name] for question in wanted.questions if question.name in told]
    merged = wanted.present | {one.question.name: one.value for one in answers}
    asked = Asking(wanted.definition, merged, {})
    papers = [handed[paper.code] for paper in wanted.papers if paper.code in handed and asked.shows(paper)]
    return Earlier(cases[0], tuple(answers), tuple(papers))


def _told_in(case: Application, wanted: _Wanted) -> Iterator[Told]:
    try:
        answers = answers_of.read(case)
    except vault.VaultError:
        return
    kinds = {question.name: question.kind for question in lasting(case.definition)}
    for question in wanted.questions:
        value = answers.get(question.name)
        if value not in EMPTY and kinds.get(question.name) == question.kind and wanted.fits(question, value):
            yield Told(question, value, case)
