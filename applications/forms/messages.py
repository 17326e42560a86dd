"""The form of a message: both sides write with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.messages import LONGEST
from people.forms import BaseForm


class MessageForm(BaseForm):
    """What one writes to the other side. `hint` tells what a message is not for."""

    text = forms.CharField(
        label=_("留言内容"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        error_messages={"required": _("请写明留言内容。")},
    )

    def __init__(self, hint: str, data=None) -> None:
        super().__init__(data)
        self.fields["text"].help_text = hint
