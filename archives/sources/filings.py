"""The application as it was filed in each round, with its answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from applications.answers import ANSWERS
from applications.models import Application
from applications.readback import Places, in_words, places_in
from archives.models import Piece
from archives.sources.base import Found, Member, data, day, moment, page
from people import vault
from schemes.definition import Question


def found(application: Application) -> Iterator[Found]:
    """One piece a round."""
    title = application.definition.public_title.zh
    for filed in application.rounds.order_by("number"):
        yield Found(
            f"round:{filed.number}", f"{title}申请表（第{filed.number}次）", day(filed.filed_at), application.number
        )


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The answers to read, and as data."""
    filed = application.rounds.get(number=int(piece.reference.removeprefix("round:")))
    answers = vault.decrypt_json(application.data_key, bytes(filed.answers), ANSWERS)
    facts = [("申请编号", application.number), ("提交时间", moment(filed.filed_at)), *told(application, answers)]
    yield page(piece.title, facts)
    yield data({"case": application.number, "round": filed.number, "filed_at": filed.filed_at, "answers": answers})


def told(application: Application, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each question that was answered, with the answer in words and whole."""
    asked = [one for one in application.definition.questions() if answers.get(one.name) not in (None, "", [])]
    places = places_in(asked, answers)
    for question in asked:
        yield question.label.zh, _words(question, answers[question.name], places)


def _words(question: Question, value: Any, places: Places) -> str:
    if question.kind != "household":
        return in_words(question, value, places)
    return "\n".join(f"{number}. {_member(question, one, places)}" for number, one in enumerate(value, 1))


def _member(question: Question, member: Mapping[str, Any], places: Places) -> str:
    known = [column for column in question.columns if member.get(column.name) not in (None, "", [])]
    return "；".join(f"{column.label.zh}：{in_words(column, member[column.name], places)}" for column in known)
