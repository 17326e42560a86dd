"""What was answered before applying and a scheme asks for again: the place, village or town, whether a graduate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications.localities import needs_township, places_for
from applications.readback import in_words, places_in
from people.joining import in_a_row
from schemes.definition import APPLICANT, Question, SchemeDefinition
from schemes.finding.sifting import RURAL, UNSURE

# The question of a scheme, the question that was answered before, and the answer the one means for the other.
YES_OR_NO = {"rural": ("residence", lambda said: said == RURAL), "is_graduate": ("graduate", lambda said: said != "no")}


@dataclass(frozen=True)
class Carried:
    """One answer that can come along."""

    question: Question
    value: Any


def carried_into(definition: SchemeDefinition, said: Mapping[str, Any], today: date) -> list[Carried]:
    """The answers a draft of the scheme could begin with, in the order its questions are asked."""
    found = []
    for question in definition.questions(APPLICANT):
        value = _value(definition, question, said, today)
        if value is not None:
            found.append(Carried(question, value))
    return found


def in_sentence(carried: Iterable[Carried]) -> str:
    """The answers in words; "" for none."""
    carried = list(carried)
    told = {one.question.name: one.value for one in carried}
    places = places_in((one.question for one in carried), told)
    return in_a_row(
        _("%(question)s：%(answer)s")
        % {"question": one.question.label, "answer": in_words(one.question, one.value, places)}
        for one in carried
    )


def _value(definition: SchemeDefinition, question: Question, said: Mapping[str, Any], today: date) -> Any:
    """What was answered, as the question takes it; None where nothing was."""
    if question.kind == "yes_no" and question.name in YES_OR_NO:
        asked, means = YES_OR_NO[question.name]
        return None if said.get(asked) in (None, "", UNSURE) else means(said[asked])
    if question.kind == "division" and question.name == definition.case_division and not needs_township(definition):
        offered = {code for _label, members in places_for(definition, today)(question) for code, _name in members}
        return said.get("division") if said.get("division") in offered else None
    return None
