"""Conditions nothing can meet and texts nobody translated: a definition can hold them and still hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemes.rules.conditions import Condition

if TYPE_CHECKING:
    from schemes.definition import SchemeDefinition
    from schemes.questions import Question

CHINESE = re.compile("[一-鿿]")
LATIN = re.compile("[A-Za-z]")
TRUTHS = (True, False)
# Routing facts that come with the school, and what they can be.
OF_THE_OFFICE = {"run_by": ("county", "prefecture", "province")}


def unreachable(scheme: SchemeDefinition) -> Iterator[str]:
    """Conditions that ask for an answer nobody can give."""
    answers = possible_answers(scheme)
    for place, condition in conditions_of(scheme):
        for part in comparisons(condition):
            for wanted in impossible(part, answers.get(part.field)):
                listed = ", ".join(map(worded, answers[part.field]))
                yield f"{place} can never be met: {part.field} is never {worded(wanted)}; choose one of {listed}"
        for field in contradicted(condition):
            yield f"{place} can never be met: {field} cannot be two things at once; use any, or in"


def impossible(part: Condition, possible: tuple | None) -> list[object]:
    """The answers a comparison asks for that are not among those that can be given (None: any can)."""
    if possible is None or part.policy or part.op not in ("eq", "in", "has"):
        return []
    wanted = part.value if isinstance(part.value, tuple) else (part.value,)
    return [one for one in wanted if one not in possible]


def contradicted(condition: Condition) -> Iterator[str]:
    """The fields an `all` wants to equal two different answers."""
    wanted: dict[str, set[object]] = {}
    for part in condition.all:
        if part.field and part.op == "eq" and not part.policy:
            wanted.setdefault(part.field, set()).add(part.value)
        yield from contradicted(part)
    yield from (field for field, values in wanted.items() if len(values) > 1)


def worded(answer: object) -> str:
    """An answer as the files write it."""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def possible_answers(scheme: SchemeDefinition) -> dict[str, tuple]:
    """The answers that can be given to questions with a closed set of them, by name and by fact."""
    found: dict[str, tuple] = dict(OF_THE_OFFICE)
    for question in scheme.questions():
        closed = closed_answers(question)
        if closed:
            found[question.name] = found[question.as_fact] = closed
    return found


def closed_answers(question: Question) -> tuple:
    """The possible answers of a choice or a yes-or-no question, () for every other."""
    if question.kind == "yes_no":
        return TRUTHS
    return tuple(choice.value for choice in question.choices) if question.kind in ("choice", "choices") else ()


def conditions_of(scheme: SchemeDefinition) -> Iterator[tuple[str, Condition]]:
    """Every condition of a scheme with the place it stands in."""
    for rule in scheme.requirements:
        yield f"requirement {rule.code}", rule.condition
        if rule.applies_when is not None:
            yield f"requirement {rule.code}", rule.applies_when
    for stage in scheme.stages:
        if stage.when is not None:
            yield f"stage {stage.code}", stage.when
    for asked in (*scheme.questions(), *scheme.papers_asked):
        if asked.shown_when is not None:
            yield f"shown_when of {getattr(asked, 'name', '') or getattr(asked, 'code', '')}", asked.shown_when


def comparisons(condition: Condition) -> Iterator[Condition]:
    """The single comparisons a condition is made of; what is negated is left out: it may well never be met."""
    if condition.field:
        yield condition
    for part in (*condition.all, *condition.any):
        yield from comparisons(part)


def untranslated(scheme: SchemeDefinition) -> Iterator[str]:
    """Texts whose Chinese has no Chinese in it, or whose English is missing or still Chinese."""
    for place, text in texts_of(scheme.model_dump()):
        if not CHINESE.search(text["zh"]):
            yield f"{place}: the Chinese text is missing; write it in zh"
        if not LATIN.search(text["en"]) or CHINESE.search(text["en"]):
            yield f"{place}: the English text is missing; translate it in en"


def texts_of(tree: object, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in two languages, with the path to it."""
    if isinstance(tree, dict):
        if set(tree) == {"zh", "en"}:
            yield place, tree
            return
        for name, branch in tree.items():
            yield from texts_of(branch, f"{place}.{name}" if place else str(name))
    elif isinstance(tree, (list, tuple)):
        for index, branch in enumerate(tree):
            named = branch.get("code") or branch.get("name") if isinstance(branch, dict) else None
            yield from texts_of(branch, f"{place}.{named or index}")
