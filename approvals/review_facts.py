"""What applicant and officials filled in, as officials read it: by page, numbers masked, changes marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.readback import MASKS, QUIET_OF_ORGANISATIONS, Places, doubts_about, in_words, places_in
from people.identity import IdentityError, check_certificate
from people.joining import in_a_row
from schemes.definition import APPLICANT, Page, Question, SchemeDefinition

EMPTY = (None, "", [])
CATEGORIES = {
    1: gettext_lazy("视力残疾"),
    2: gettext_lazy("听力残疾"),
    3: gettext_lazy("言语残疾"),
    4: gettext_lazy("肢体残疾"),
    5: gettext_lazy("智力残疾"),
    6: gettext_lazy("精神残疾"),
    7: gettext_lazy("多重残疾"),
}
GRADES = {1: gettext_lazy("一级"), 2: gettext_lazy("二级"), 3: gettext_lazy("三级"), 4: gettext_lazy("四级")}


@dataclass(frozen=True)
class Shown:
    """One answer, ready to read. `masked` texts are read aloud as what is left of them."""

    text: str
    masked: bool = False
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One question and its answer; a household has `columns` and `rows` instead of a value."""

    name: str
    label: str
    value: Shown
    changed: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()


@dataclass(frozen=True)
class Section:
    """The answers of one party: the applicant (`stage` is ""), or the officials at one stage."""

    title: str
    stage: str
    facts: tuple[Fact, ...] = field(default=())


def places_of(questions: Iterable[Question], *answers: Mapping[str, Any]) -> Places:
    """What divisions and offices are called that any of these answers name."""
    found = [places_in(questions, one) for one in answers]
    divisions = {code: division for places in found for code, division in places.divisions.items()}
    return Places(divisions, {pk: office for places in found for pk, office in places.offices.items()})


def sections_of(
    definition: SchemeDefinition, answers: Mapping[str, Any], before: Mapping[str, Any] | None, places: Places
) -> list[Section]:
    """Every answer given, the applicant's first; those of theirs that differ from the round `before` are marked."""
    sections = []
    for party in dict.fromkeys(page.asked_of for page in definition.pages):
        earlier = before if party == APPLICANT else None
        quiet = QUIET_OF_ORGANISATIONS if definition.applicant == "organisation" else frozenset()
        facts = tuple(_facts(definition.pages_of(party), answers, earlier, places, quiet))
        if facts:
            sections.append(Section(_title(definition, party), "" if party == APPLICANT else party, facts))
    return sections


def facts_on(definition: SchemeDefinition, codes: Collection[str], answers: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The answers on the pages of the form with these codes, numbers masked."""
    pages = [page for page in definition.pages if page.code in codes]
    places = places_of([question for page in pages for question in page.questions], answers)
    quiet = QUIET_OF_ORGANISATIONS if definition.applicant == "organisation" else frozenset()
    return tuple(_facts(pages, answers, None, places, quiet))


def shown(question: Question, value: Any, places: Places, quiet: frozenset[str] = frozenset()) -> Shown:
    """An answer in words; doubts about kinds of question in `quiet` are not told.

    An answer that is not what its question asks for is shown as it stands, numbers hidden.
    """
    masked = question.kind in MASKS and value not in EMPTY
    try:
        note = "" if question.kind in quiet else _note(question, value)
        return Shown(in_words(question, value, places, masked=True), masked, note)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Shown(_("（填写的内容无法识别）") if masked else str(value))


def _title(definition: SchemeDefinition, party: str) -> str:
    if party == APPLICANT:
        return _("申请人填写")
    return _("“%(stage)s”环节录入") % {"stage": definition.stage(party).label}


def _facts(
    pages: Iterable[Page],
    answers: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    places: Places,
    quiet: frozenset[str],
) -> Iterable[Fact]:
    for page in pages:
        for question in page.questions:
            if question.name in answers:
                changed = before is not None and before.get(question.name) != answers[question.name]
                yield _fact(question, answers[question.name], changed, places, quiet)


def _fact(question: Question, value: Any, changed: bool, places: Places, quiet: frozenset[str]) -> Fact:
    if question.kind != "household" or not isinstance(value, list):
        return Fact(question.name, str(question.label), shown(question, value, places, quiet), changed)
    columns = tuple(str(column.label) for column in question.columns)
    rows = tuple(
        tuple(shown(column, member.get(column.name), places) for column in question.columns) for member in value
    )
    return Fact(question.name, str(question.label), Shown(""), changed, columns, rows)


def _note(question: Question, value: Any) -> str:
    """What an official should see of a number without seeing the number."""
    doubts = [str(doubt.message) for doubt in doubts_about(question, value)]
    kind = kind_of_certificate(value) if question.kind == "certificate" and value not in EMPTY else ""
    return in_a_row(part for part in (kind, *doubts) if part)


def kind_of_certificate(number: str) -> str:
    """Category and grade as the number tells them; "" where it has an unknown form."""
    try:
        found = check_certificate(number, None)
    except IdentityError:
        return ""
    return f"{CATEGORIES[found.category]} {GRADES[found.grade]}"
