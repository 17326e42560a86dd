"""What happened to a case, round by round: filed, said, decided, corrected, shown in public, objected to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from applications.answers import ANSWERS
from applications.models import Application, Correction, Round
from applications.naming import name_in
from applications.readback import Places
from applications.states import FINAL
from approvals.models import Decision, Objection, Opinion, PublicNotice
from approvals.review_facts import Shown, places_of, shown
from papers.models import Paper
from people import vault
from people.models import DataKey
from schemes.definition import APPLICANT, Question, SchemeDefinition


@dataclass(frozen=True)
class Change:
    """One answer that differs from the round before."""

    label: str
    before: Shown
    after: Shown


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `points` are label and message of what was asked to be corrected."""

    at: datetime
    title: str
    by: str = ""
    text: str = ""
    points: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] | None = None
    paper: Paper | None = None


@dataclass(frozen=True)
class RoundHistory:
    """Everything of one round, the latest first."""

    number: int
    entries: tuple[Entry, ...] = field(default=())


def readable(key: DataKey, blob: bytes, context: str) -> str:
    """A sealed text; a remark in its place where it cannot be opened, so that one bad row does not hide the page."""
    if not blob:
        return ""
    try:
        return vault.decrypt(key, bytes(blob), context)
    except vault.VaultError:
        return _("（内容无法解密）")


def answers_of_round(filed: Round, key: DataKey) -> dict[str, Any] | None:
    """The answers as they were filed; None where they cannot be opened."""
    try:
        return vault.decrypt_json(key, bytes(filed.answers), ANSWERS)
    except vault.VaultError:
        return None


def history_of(application: Application, definition: SchemeDefinition) -> list[RoundHistory]:
    """The rounds, the latest first."""
    entries: dict[int, list[Entry]] = {}
    for number, entry in _all_entries(application, definition):
        entries.setdefault(number, []).append(entry)
    return [RoundHistory(number, _latest_first(entries[number])) for number in sorted(entries, reverse=True)]


def changes_between(
    definition: SchemeDefinition, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """The applicant's answers that differ; a household member by member."""
    questions = list(definition.questions(APPLICANT))
    places = places_of(questions, before, after)
    return tuple(change for question in questions for change in _changes(question, before, after, places))


def _latest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    """By time; what one act brought about stands above the act itself."""
    in_order = sorted(entries, key=lambda entry: entry.at)
    return tuple(in_order[::-1])


def _all_entries(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    yield from _filings(application, definition)
    yield from _sayings(application, definition)
    yield from _notices(application)
    if application.state in FINAL and application.closed_at:
        yield application.round, Entry(application.closed_at, application.get_state_display())


def _filings(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    before = None
    for filed in application.rounds.all():
        answers = answers_of_round(filed, application.data_key)
        if filed.number == 1:
            title, changes = _("提交申请"), None
        else:
            title = _("申请人补正后再次提交")
            changes = changes_between(definition, before, answers) if before and answers else ()
        yield filed.number, Entry(filed.filed_at, title, name_in(application, answers or {}), changes=changes)
        before = answers


def _sayings(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Opinions, each with the paper it made and the points it asked to correct."""
    key = application.data_key
    papers = {(made.official_id, made.decided_at): made.paper for made in _decisions(application)}
    asked = {(one.asked_by_id, one.asked_at): one for one in _corrections(application)}
    for opinion in application.opinions.select_related("official", "office"):
        moment = (opinion.official_id, opinion.said_at)
        yield (
            opinion.round,
            Entry(
                at=opinion.said_at,
                title=_("%(stage)s：%(outcome)s")
                % {"stage": _stage(definition, opinion), "outcome": opinion.get_outcome_display()},
                by=f"{opinion.official} · {opinion.office.label}",
                text=readable(key, opinion.text, "opinion"),
                points=_points(definition, asked[moment], key) if moment in asked else (),
                paper=papers.get(moment),
            ),
        )


def _decisions(application: Application) -> list[Decision]:
    return list(application.decisions.select_related("paper"))


def _corrections(application: Application) -> list[Correction]:
    return list(application.corrections.prefetch_related("points"))


def _stage(definition: SchemeDefinition, opinion: Opinion) -> str:
    return next((str(stage.label) for stage in definition.stages if stage.code == opinion.stage), opinion.stage)


def _points(definition: SchemeDefinition, correction: Correction, key: DataKey) -> tuple[tuple[str, str], ...]:
    labels = {("question", question.name): str(question.label) for question in definition.questions()}
    labels |= {("paper", paper.code): str(paper.label) for paper in definition.papers_asked}
    return tuple(
        (labels.get((point.target, point.name), point.name), readable(key, point.message, "correction"))
        for point in correction.points.all()
    )


def _notices(application: Application) -> Iterator[tuple[int, Entry]]:
    for notice in application.notices.select_related("office").prefetch_related("objections__handled_by"):
        yield notice.round, Entry(notice.starts_at, _("开始公示"), notice.office.label)
        if notice.ended_at:
            yield notice.round, Entry(notice.ended_at, _notice_end(notice), notice.office.label)
        for objection in notice.objections.all():
            for entry in _objected(objection, application.data_key):
                yield notice.round, entry


def _notice_end(notice: PublicNotice) -> str:
    return _("公示结束：%(result)s") % {"result": notice.get_result_display()}


def _objected(objection: Objection, key: DataKey) -> Iterator[Entry]:
    yield Entry(objection.raised_at, _("收到异议"), text=readable(key, objection.text, "objection"))
    if objection.handled_at:
        result = _("异议处理：%(result)s") % {"result": objection.get_result_display()}
        answer = readable(key, objection.answer, "objection")
        yield Entry(objection.handled_at, result, str(objection.handled_by), answer)


def _changes(
    question: Question, before: Mapping[str, Any], after: Mapping[str, Any], places: Places
) -> Iterator[Change]:
    old, new = before.get(question.name), after.get(question.name)
    if old == new:
        return
    if question.kind == "household" and isinstance(old, list) and isinstance(new, list):
        yield from _household_changes(question, old, new, places)
        return
    yield Change(str(question.label), shown(question, old, places), shown(question, new, places))


def _household_changes(question: Question, old: list[dict], new: list[dict], places: Places) -> Iterator[Change]:
    for place in range(max(len(old), len(new))):
        was = old[place] if place < len(old) else {}
        now = new[place] if place < len(new) else {}
        for column in question.columns:
            before, after = was.get(column.name), now.get(column.name)
            if before != after:
                label = _("第%(place)s位家庭成员的%(label)s") % {"place": place + 1, "label": column.label}
                yield Change(label, shown(column, before, places), shown(column, after, places))
