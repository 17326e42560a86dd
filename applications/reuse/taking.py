"""Taking answers and papers over into a draft. Nothing is taken that was not ticked; what the draft has stays."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from applications import actions, attachments
from applications import answers as answers_of
from applications.asking import EMPTY
from applications.door import Case
from applications.models import Application, Attachment, TakenAnswer
from applications.own import Act
from applications.placing import place_from
from applications.reuse.sources import Earlier, Handed, earlier_of
from applications.states import State
from people import sealed_files
from people.models import User
from people.refusals import Conflict, NotFound

ACTION = "answers.taken"


def take(
    user: User, public_id: str, key: str, at: datetime, *, answers: bool, papers: bool, version: int | None = None
) -> None:
    """Take over what the cases named by `key` tell (`answers`) and have (`papers`).

    Raises Conflict (filed already, or a stale page) and NotFound (there is no such person among the user's cases).
    """
    with actions.own_case(user, public_id, at, Act.EDIT, version=version) as case:
        _check_draft(case)
        earlier = next((one for one in earlier_of(user, case.application, at) if one.key == key), None)
        if earlier is None:
            raise NotFound()
        told = earlier.answers if answers else ()
        _write(case, {one.question.name: one.value for one in told}, {one.question.name: one.source for one in told})
        copied = _copy(case, earlier.papers if papers else ())
        case.application.saved_at = at
        case.save()
        case.record(ACTION, answers=len(told), files=copied, cases=_cases(earlier, answers=answers, papers=papers))


def take_told(user: User, public_id: str, told: Mapping[str, Any], at: datetime) -> None:
    """Take over what was answered to the questions before applying, by question of the draft."""
    with actions.own_case(user, public_id, at, Act.EDIT) as case:
        _check_draft(case)
        new = _write(case, told, {})
        if new:
            case.application.saved_at = at
            case.save()
            case.record(ACTION, answers=new, files=0, cases=[])


def _check_draft(case: Case) -> None:
    if case.application.state != State.DRAFT:
        raise Conflict(_("申请已提交，现在不能修改这项内容。"), code="not_editable")


def _write(case: Case, told: Mapping[str, Any], sources: Mapping[str, Application]) -> int:
    """Fill what the draft has not answered; the number of answers taken."""
    application = case.application
    before = answers_of.read(application)
    new = {name: value for name, value in told.items() if before.get(name) in EMPTY}
    answers = before | new
    place_from(application, answers)
    answers_of.write(application, answers)
    rows = [
        TakenAnswer(application=application, name=name, source=sources.get(name), taken_by=case.user, taken_at=case.at)
        for name in new
    ]
    TakenAnswer.objects.bulk_create(rows)
    return len(rows)


def _copy(case: Case, papers: Iterable[Handed]) -> int:
    """Copy the files under the draft's own key; one whose file is gone is left out. The number of files copied."""
    copies: list[Attachment] = []
    try:
        for file in (file for handed in papers for file in handed.files):
            with suppress(FileNotFoundError):
                copies.append(attachments.copy_into(case, file))
    except BaseException:
        for copy in copies:
            sealed_files.remove(copy.stored)
        raise
    return len(copies)


def _cases(earlier: Earlier, *, answers: bool, papers: bool) -> list[str]:
    told = {one.source.public_id for one in earlier.answers} if answers else set()
    handed = {one.source.public_id for one in earlier.papers} if papers else set()
    return sorted(told | handed)
