"""What was filed each time, and which answers differ from the time before."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.answers import ANSWERS
from applications.models import Application, Round
from applications.naming import name_in
from applications.readback import Places
from approvals.history.entries import Change, Entry
from approvals.models import Move
from approvals.review_facts import places_of, shown
from people import vault
from people.models import DataKey
from schemes.definition import APPLICANT, Question, SchemeDefinition


def answers_of_round(filed: Round, key: DataKey) -> dict[str, Any] | None:
    """The answers as they were filed; None where they cannot be opened."""
    try:
        return vault.decrypt_json(key, bytes(filed.answers), ANSWERS)
    except vault.VaultError:
        return None


def filings(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Each filing, from the second on with what it changed."""
    before = None
    reopened = set(application.moves.filter(kind=Move.Kind.REOPEN).values_list("round", flat=True))
    for filed in application.rounds.all():
        answers = answers_of_round(filed, application.data_key)
        if filed.number == 1:
            title, changes = (_("立案") if application.is_ex_officio else _("提交申请")), None
        elif filed.number in reopened:
            title, changes = _("重新办理，以原来提交的内容为准"), None
        else:
            title = _("申请人补正后再次提交")
            changes = changes_between(definition, before, answers) if before and answers else ()
        yield filed.number, Entry(filed.filed_at, title, name_in(application, answers or {}), changes=changes)
        before = answers


def changes_between(
    definition: SchemeDefinition, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """The applicant's answers that differ; a household member by member."""
    questions = list(definition.questions(APPLICANT))
    places = places_of(questions, before, after)
    return tuple(change for question in questions for change in _changes(question, before, after, places))


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
