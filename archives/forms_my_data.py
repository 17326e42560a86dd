"""Forms about one's own data, and the office's answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.uploads import ACCEPTED
from applications.models import Application
from archives.models import DataRequest
from archives.my_data.corrections import LONGEST_ANSWER, LONGEST_WHY
from people.forms import BaseForm, ChoiceRadioField, RefusableForm

LONGEST_VALUE = 100


class CorrectionForm(RefusableForm):
    """What is wrong, what is right, why, and what proves it."""

    case = forms.ChoiceField(label=_("哪一份申请"), help_text=_("由办理这份申请的机关核对。"))
    field = ChoiceRadioField(label=_("要更正的内容"), choices=DataRequest.Field.choices)
    right = forms.CharField(
        label=_("正确的内容"), max_length=LONGEST_VALUE, widget=forms.TextInput({"autocomplete": "off"})
    )
    why = forms.CharField(label=_("为什么要更正"), max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 3}))
    proof = forms.FileField(
        label=_("证明材料"),
        help_text=_("证件的照片或者PDF文件，例如户口簿、身份证、残疾人证。"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )

    def __init__(self, cases: Iterable[Application], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [
            (case.public_id, f"{case.scheme_version.definition.title} {case.number}") for case in cases
        ]


class AnswerForm(RefusableForm):
    """The office's answer: whether, and why."""

    ACCEPT, REFUSE = "accept", "refuse"
    outcome = ChoiceRadioField(label=_("答复"), choices=[(ACCEPT, _("更正")), (REFUSE, _("不予更正"))])
    answer = forms.CharField(label=_("理由"), max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 3}))


class SureForm(BaseForm):
    """Asked once more, after the effects were told."""

    sure = forms.BooleanField(
        label=_("我已经看过后果，确认这样做。"),
        error_messages={"required": _("请先看后果，再勾选确认。")},
    )
