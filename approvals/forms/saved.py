"""Keeping a search, and choosing how lists look."""

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.inbox.columns import COLUMN_LABELS
from people.forms import BaseForm, CheckboxesField


class SaveSearchForm(BaseForm):
    """A name for the filters in use."""

    name = forms.CharField(
        label=_("名称"),
        max_length=30,
        help_text=_("写用途，例如“本周到期的押金减免”。不要写姓名或证件号码。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_default = forms.BooleanField(label=_("打开待办时默认使用"), required=False)


class DeskSettingsForm(BaseForm):
    """Columns, and whether single keys work."""

    columns = CheckboxesField(
        label=_("列表显示哪些列"),
        choices=list(COLUMN_LABELS.items()),
        error_messages={"required": _("请至少选择一列。编号总是显示。")},
    )
    keys = forms.BooleanField(
        label=_("使用单键快捷键"), required=False, help_text=_("与读屏软件或语音输入冲突时可以关闭。")
    )
