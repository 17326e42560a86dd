"""Whose case it is: what was told of one person or organisation is never used for another."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, Attachment, TakenAnswer
from people import vault
from people.identity import IdentityError, check_id, check_uscc
from people.refusals import Invalid


def of_the_named(cases: QuerySet[Application], draft: Application, answers: Mapping[str, Any]) -> QuerySet[Application]:
    """Of these cases, those of whom the draft names; all of them while it names nobody."""
    named = _named(answers, by_organisation=draft.by_organisation)
    return cases if named is None else cases.filter(named)


def foreign_answers(draft: Application, answers: Mapping[str, Any]) -> frozenset[str]:
    """The answers taken over, and not changed since, from a case of somebody else than whom the draft names now."""
    named = _named(answers, by_organisation=draft.by_organisation, prefix="source__")
    if named is None:
        return frozenset()
    return frozenset(draft.taken_answers.filter(source__isnull=False).exclude(named).values_list("name", flat=True))


def check_same(application: Application) -> None:
    """Nothing that is filed was taken over from somebody else's case; whom the case is about has just been written.

    Raises Invalid naming each such answer and paper.
    """
    answers, files = _foreign(application)
    if not (answers or files):
        return
    facts = {question.name: question.as_fact for question in application.definition.questions()}
    errors = {facts.get(name, name): _("请打开这一页，核对是不是申请人的，再保存一次。") for name in answers}
    errors |= dict.fromkeys(files, _("请删除这份材料，上传申请人的材料。"))
    text = _("有内容是从另一位申请人（单位）以前的申请带过来的，不能这样提交。请按下面写的逐项核对。")
    raise Invalid(text, code="not_the_same_party", errors=errors)


def _foreign(application: Application) -> tuple[list[str], list[str]]:
    """Answers by question and papers by code."""
    column = "organisation" if application.by_organisation else "subject"
    party = getattr(application, f"{column}_id")
    answers = TakenAnswer.objects.filter(application=application, source__isnull=False)
    files = Attachment.objects.filter(application=application, replaced_at__isnull=True, taken_from__isnull=False)
    return (
        list(answers.exclude(**{f"source__{column}": party}).values_list("name", flat=True)),
        list(files.exclude(**{f"taken_from__application__{column}": party}).values_list("paper", flat=True)),
    )


def _named(answers: Mapping[str, Any], *, by_organisation: bool, prefix: str = "") -> Q | None:
    """The condition that a case is of whom the answers name; None while they name nobody."""
    try:
        if by_organisation:
            return Q(**{f"{prefix}organisation__uscc": check_uscc(answers.get("uscc") or "")})
        index = vault.blind_index("id", check_id(answers.get("id_number") or "").number)
    except IdentityError:
        return None
    return Q(**{f"{prefix}subject__id_index": index})
