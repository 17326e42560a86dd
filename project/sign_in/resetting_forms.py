"""Forms of a forgotten password: whose, by which way, the code, the new one; and the counter's."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from helping.forms.counter import ApplicantForm
from people.forms import ChoiceRadioField, RefusableForm
from people.identity.characters import compact
from people.models import PasswordCode
from project.sign_in import passwords
from telling import gateways

LONGEST_ACCOUNT, LONGEST_PASSWORD, LONGEST_CODE = 150, 128, 20
Channel = PasswordCode.Channel


def channels() -> list[tuple[str, Any]]:
    """The ways by which this site can send anything, with their names."""
    there = gateways.channels()
    return [choice for choice in Channel.choices if choice[0] in there]


class ForgottenForm(RefusableForm):
    """Whose password, and by which way."""

    account = forms.CharField(
        label=_("用户名"),
        max_length=LONGEST_ACCOUNT,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    channel = ChoiceRadioField(
        label=_("怎么收"), help_text=_("只发到您以前登录后自己确认过的手机或者邮箱。"), choices=[]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = channels()


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=LONGEST_PASSWORD, strip=False, widget=widget)


class NewPasswordForm(RefusableForm):
    """A new password, twice."""

    password1 = _password(_("新密码"))
    password2 = _password(_("新密码（再输一次）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.told(passwords.rules_for(None))

    def clean_password1(self) -> str:
        """The rules that hold for everybody; those about the account are asked once it is known."""
        validate_password(self.cleaned_data["password1"])
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean()
        if "password1" in given and "password2" in given and given["password1"] != given["password2"]:
            self.add_error("password2", _("两次输入的密码不一样。"))
        return given


class NewByCodeForm(NewPasswordForm):
    """The code that came, and a new password."""

    field_order = ["code", "password1", "password2"]
    code = forms.CharField(
        label=_("短信验证码"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """As it was sent, however it was typed."""
        return compact(self.cleaned_data["code"])


class CounterAccountForm(ApplicantForm):
    """The card of whoever is at the counter, and their account."""

    account = forms.CharField(
        label=_("申请人的用户名"),
        help_text=_("登录时填的名字。不记得的，请其重新注册一个账号。"),
        max_length=LONGEST_ACCOUNT,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    seen = forms.BooleanField(
        label=_("我当面核对了身份证原件，人和证一致。"),
        error_messages={"required": _("请先当面核对身份证原件。")},
    )
