"""Forms about the files of a batch: for which bank they are written, and behind which password they leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payouts.profiles import Profile
from people.forms import BaseForm

# The format of encrypted packages stretches a password little: its length has to make up for it.
SHORTEST, LONGEST = 12, 100


class SealForm(BaseForm):
    """Which bank profile the batch is sealed with."""

    profile = forms.ChoiceField(
        label=_("银行格式"),
        help_text=_("除通用的XLSX和CSV外，另按所选格式生成银行文件。封存后不能更改。"),
    )

    def __init__(self, offered: list[Profile], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [(profile.code, str(profile.title)) for profile in offered]


class LockForm(BaseForm):
    """A password, typed twice. It is never stored and never shown again."""

    password = forms.CharField(
        label=_("文件密码"),
        help_text=_(
            "至少12位，只用键盘上的英文字母、数字和符号。系统不保存密码，忘记后只能重新导出；请另行告知银行，不要和文件一起发送。"
        ),
        min_length=SHORTEST,
        max_length=LONGEST,
        strip=False,
        error_messages={
            "required": _("请设置文件密码。"),
            "min_length": _("密码至少12位，现在太短，请加长后重新输入。"),
            "max_length": _("密码最多100位，请改短后重新输入。"),
        },
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次密码"),
        max_length=LONGEST,
        strip=False,
        error_messages={
            "required": _("请把密码再输入一次。"),
            "max_length": _("密码最多100位，请改短后重新输入。"),
        },
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Only what every program for packages reads alike."""
        password = self.cleaned_data["password"]
        if not (password.isascii() and password.isprintable()):
            raise forms.ValidationError(_("密码只能用键盘上的英文字母、数字和符号，请重新设置。"))
        return password

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        cleaned = super().clean()
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("两次输入的密码不一样，请重新输入。"))
        return cleaned
