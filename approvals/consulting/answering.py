"""Answering: once, by somebody of those who were asked, who then acts at no other stage of the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from approvals.consulting import who
from approvals.consulting.asking import SEALED, check_waiting
from approvals.models import Consultation
from people import vault
from people.models import User
from people.refusals import Invalid, NotFound


def put_to(user: User, pk: int, at: datetime) -> Consultation:
    """One question that is put to a user. Raises NotFound for everybody else, and when it was taken back."""
    related = ("application__data_key", "application__scheme_version", "by_office", "to_office", "answered_by")
    asked = Consultation.objects.filter(who.addressed_to(user, at), pk=pk, withdrawn_at__isnull=True)
    found = asked.select_related(*related).first()
    if found is None:
        raise NotFound()
    return found


def answer(user: User, pk: int, choice: str, words: str, at: datetime) -> Consultation:
    """Answer a question. `choice` is yes or no where that was asked for, else "".

    Raises NotFound for who was not asked, Conflict when it was answered or withdrawn or the case is closed, Refused
    for recusal and for who acted at another stage, Invalid when something is missing.
    """
    public_id = put_to(user, pk, at).application.public_id
    with door.open_case(public_id, user=user, at=at) as case:
        asked = Consultation.objects.select_related("to_office", "answered_by").get(pk=pk)
        if not who.may_answer(user, asked, at):
            raise NotFound()
        check_waiting(asked, case.application)
        door.take_seat(case, who.ASKED)
        _check(asked, choice, words)
        asked.answered_by, asked.answered_at, asked.answer = user, at, choice
        asked.words = vault.encrypt(case.application.data_key, words.strip(), SEALED)
        asked.save(update_fields=["answered_by", "answered_at", "answer", "words"])
        case.record("official.ask_answered", consultation=asked.pk, office=asked.to_office_id)
    return asked


def _check(asked: Consultation, choice: str, words: str) -> None:
    errors = {}
    wanted = {"yes", "no"} if asked.answer_kind == Consultation.AnswerKind.YES_NO else {""}
    if choice not in wanted:
        errors["choice"] = _("请选择“是”或“否”")
    if not words.strip():
        errors["words"] = _("请写明意见和理由。")
    if errors:
        raise Invalid(errors=errors)
