"""One clause of a drafted document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, ChoiceRadioField
from schemes.models import PolicyClause
from schemes.publication.proposal_checks import stands_in


class ClauseForm(BaseForm):
    """The clause word for word, the scheme it is about and how strongly it speaks."""

    scheme = forms.ChoiceField(label=_("事项"), error_messages={"invalid_choice": _("请从列表中选择事项。")})
    clause = forms.CharField(label=_("条款"), max_length=40, help_text=_("原文的编号，例如 三(二)。"))
    text = forms.CharField(
        label=_("条文"),
        widget=forms.Textarea({"rows": 6, "lang": "zh-Hans"}),
        help_text=_("与原文逐字一致，不要改写。"),
    )
    strength = ChoiceRadioField(label=_("措辞"), choices=PolicyClause.Strength.choices)
    offered_as = ChoiceRadioField(
        label=_("能不能据此申请"),
        required=False,
        choices=[("", _("可以申请")), ("inform", _("不能，只是目标或者打算"))],
    )
    responsible = forms.CharField(label=_("责任单位"), max_length=300, required=False)
    target = forms.CharField(label=_("任务目标"), max_length=200, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args, schemes: list[tuple[str, str]], document_text: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("请选择")), *schemes]
        self.document_text = document_text

    def clean_text(self) -> str:
        """Word for word as in the document's text, where there is one."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if not stands_in(text, self.document_text):
            raise forms.ValidationError(_("条文与全文不一致，请逐字核对。"))
        return text

    def content(self) -> dict[str, Any]:
        """What was typed, as a clause of the draft."""
        return {name: self.cleaned_data[name] for name in self.fields}
