"""One cell as the answer to a question, in the plain form a case stores."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.forms.fields import FieldContext, field_for
from people.forms import fold_width
from people.models import Division
from people.tables import day_of
from schemes.definition import Question

YES, NO = frozenset({"是", "yes", "y"}), frozenset({"否", "no", "n"})
# A household, costs by component and a school each need more than a cell.
NOT_IN_A_CELL = frozenset({"household", "components", "school", "choices"})


class CellReader:
    """Reads the cells of one question's column; made once a file."""

    def __init__(self, question: Question, context: FieldContext) -> None:
        self._read = READERS.get(question.kind, _by_field)(question, context)

    def value(self, text: str) -> Any:
        """The answer. Raises ValidationError with words that say what to write."""
        return self._read(text)


def _by_field(question: Question, context: FieldContext) -> Callable[[str], Any]:
    """Whatever the form would make of it."""
    field: forms.Field = field_for(question, context)
    return field.clean


def _choice(question: Question, context: FieldContext) -> Callable[[str], Any]:
    known = {choice.value: choice.value for choice in question.choices}
    known |= {text.strip(): one.value for one in question.choices for text in (one.label.zh, one.label.en)}
    told = "、".join(choice.label.zh for choice in question.choices)

    def read(text: str) -> str:
        if text not in known:
            raise ValidationError(_("应当是其中一项：%(choices)s。") % {"choices": told}, code="choice")
        return known[text]

    return read


def _yes_no(question: Question, context: FieldContext) -> Callable[[str], Any]:
    def read(text: str) -> bool:
        said = fold_width(text).lower()
        if said not in YES | NO:
            raise ValidationError(_("请填写“是”或“否”。"), code="yes_no")
        return said in YES

    return read


def _date(question: Question, context: FieldContext) -> Callable[[str], Any]:
    def read(text: str) -> str:
        day = day_of(fold_width(text))
        if day is None:
            raise ValidationError(_("不是有效的日期，应当写成2026-12-01。"), code="date")
        return day.isoformat()

    return read


def _division(question: Question, context: FieldContext) -> Callable[[str], Any]:
    def read(text: str) -> str:
        code = fold_width(text)
        if not Division.objects.filter(pk=code, retired=False).exists():
            raise ValidationError(_("没有这个行政区划代码。"), code="division")
        return code

    return read


READERS: dict[str, Callable[[Question, FieldContext], Callable[[str], Any]]] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "date": _date,
    "division": _division,
}
