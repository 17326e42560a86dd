"""The form of one page: its questions, prefilled with what is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import AccountField, FieldContext, field_for
from people.forms import BaseForm
from schemes.definition import Question

AGAIN = "_again"
HOUSEHOLD = "household"


class QuestionsForm(BaseForm):
    """Asks some questions. `answers` gives them as the case stores them, those that are right, even when others fail.

    An account is asked for twice; the second field must equal the first. A household has pages of its own.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        context: FieldContext,
        stored: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.questions = tuple(question for question in questions if question.kind != HOUSEHOLD)
        initial = {question.name: stored[question.name] for question in self.questions if question.name in stored}
        super().__init__(data, initial=initial, **options)
        for question in self.questions:
            self.fields[question.name] = field_for(question, context)
            if question.kind == "account":
                self._ask_again(question, stored)
        self.say_what_is_missing()

    def _ask_again(self, question: Question, stored: Mapping[str, Any]) -> None:
        name = question.name + AGAIN
        self.fields[name] = AccountField(
            label=_("再填一遍：%(label)s") % {"label": question.label},
            required=self.fields[question.name].required,
            error_messages={"required": gettext_lazy("请把账号再填一遍。")},
        )
        self.initial[name] = stored.get(question.name, "")

    def clean(self) -> dict[str, Any]:
        """The two accounts agree."""
        cleaned = super().clean() or {}
        for question in self.questions:
            first, again = cleaned.get(question.name), cleaned.get(question.name + AGAIN)
            if question.kind == "account" and first and again and first != again:
                self.add_error(question.name + AGAIN, _("两次填写的账号不一样，请对照银行卡核对。"))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """The answers that are right. An account counts only when both fields agree."""
        return {question.name: self._stored(question) for question in self.questions if self._is_right(question)}

    def _is_right(self, question: Question) -> bool:
        names = [question.name] + ([question.name + AGAIN] if question.kind == "account" else [])
        return all(name in self.cleaned_data and name not in self.errors for name in names)

    def _stored(self, question: Question) -> Any:
        value = self.cleaned_data[question.name]
        return None if value == "" and question.nullable else value
