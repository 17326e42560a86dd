"""The questions of 「看看我能办什么」 and for whom each scheme is, read once from their files."""

import tomllib
from functools import cache
from pathlib import Path

from schemes.questions import Page, Question
from schemes.rules.conditions import Condition

ROOM = Path(__file__).parent


@cache
def pages() -> tuple[Page, ...]:
    """The pages of questions, in order."""
    content = tomllib.loads((ROOM / "questions.toml").read_text("utf-8"))
    return tuple(Page(**page) for page in content["pages"])


@cache
def meant_for() -> dict[str, Condition]:
    """For whom each scheme is, by its code: a condition on the answers."""
    content = tomllib.loads((ROOM / "guide.toml").read_text("utf-8"))
    return {code: Condition(all=entry["when"]) for code, entry in content.items()}


def questions() -> dict[str, Question]:
    """Every question by its name."""
    return {question.name: question for page in pages() for question in page.questions}
