"""The small forms: why a number is shown in clear, and an objection to a public notice."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from papers import codes
from people.forms import BaseForm, ChoiceRadioField, fold_width

OTHER = "other"
REASONS = (
    ("verify_identity", _("核对身份证件")),
    ("contact", _("联系申请人")),
    ("check_account", _("核对收款账户")),
    (OTHER, _("其他")),
)
# Six digits in a row are the beginning of somebody's number: the audit trail keeps none.
NUMBER = re.compile(r"\d{6}")
LONGEST_NOTE, LONGEST_OBJECTION, LONGEST_CONTACT = 60, 1000, 100


class UnmaskForm(BaseForm):
    """Why the full numbers are needed. The reason goes on record, so it must hold no number itself."""

    mark_optional = False
    reason = ChoiceRadioField(label=_("查看原因"), choices=REASONS)
    note = forms.CharField(label=_("其他原因，请说明"), max_length=LONGEST_NOTE, required=False)

    def clean_note(self) -> str:
        """The remark, without numbers."""
        note = self.cleaned_data["note"]
        if NUMBER.search(fold_width(note)):
            raise ValidationError(_("说明会记入审计记录，请不要写号码。"))
        return note

    def clean(self) -> dict:
        """Another reason is said in words."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("请说明原因。"))
        return cleaned


class ObjectionForm(BaseForm):
    """What somebody has against a notice. A contact is welcome, not needed."""

    text = forms.CharField(
        label=_("异议内容"),
        help_text=_("写明您知道的情况，例如什么时间、什么地方、谁可以证明。"),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea({"rows": 6, "maxlength": LONGEST_OBJECTION}),
        error_messages={"required": _("请写明异议内容。")},
    )
    contact = forms.CharField(
        label=_("联系方式"),
        help_text=_("留下姓名和电话，便于核实和答复；不留也可以。只有处理异议的工作人员看得到。"),
        max_length=LONGEST_CONTACT,
        required=False,
    )


class ReplyCodeForm(BaseForm):
    """The code by which whoever objected finds the reply."""

    mark_optional = False
    code = forms.CharField(
        label=_("查询码"),
        help_text=_("提交异议时显示的12位字母和数字，不分大小写，空格和横线可以不填。"),
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请输入查询码。")},
    )

    def clean_code(self) -> str:
        """The code as it was made."""
        code = codes.normalised(self.cleaned_data["code"])
        if not codes.is_code(code):
            raise ValidationError(_("查询码应为12位字母和数字，没有数字0、1，也没有字母I、O。"))
        return code
