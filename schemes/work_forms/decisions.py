"""Reasons: for submitting, publishing what begins in the past, rejecting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm

REASON_LENGTH = 300


def _box(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    area = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=REASON_LENGTH, required=required, widget=area)


class BackdatingForm(BaseForm):
    """Asks why a value begins in the past, where it does and nobody has said."""

    def __init__(self, *args, asks_backdating: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if asks_backdating:
            self.fields["backdated_because"] = _box(
                _("为什么从过去的日期起生效"), _("已经办结的申请不会自动改变。这一理由会留在审计记录里。")
            )
            self.say_what_is_missing()


class SubmitForm(BackdatingForm):
    """Hand a draft in."""

    reason = _box(_("提交理由"), _("发布人据此判断，例如：按某某文件调整标准。"))


class PublishForm(BackdatingForm):
    """Publish; nothing is asked but, sometimes, the reason for a beginning in the past."""


class RejectForm(BaseForm):
    """Turn down."""

    decision_reason = _box(_("退回理由"), _("写明要改什么，起草人会看到。"))
