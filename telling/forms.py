"""The forms by which people say how they want to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.forms import CheckboxesField, ChoiceRadioField, RefusableForm, YesNoField
from telling.models import Notice, Wish
from telling.wishing import LONGEST

SMS, EMAIL = Notice.Channel.SMS.value, Notice.Channel.EMAIL.value
SMS_WISH, EMAIL_WISH, CALL_WISH, PAPER_WISH = "by_sms", "by_email", "by_call", "by_paper"
WAYS = (
    (SMS_WISH, _("发短信")),
    (EMAIL_WISH, _("发电子邮件")),
    (CALL_WISH, _("请打电话告诉我")),
    (PAPER_WISH, _("请寄纸质的给我")),
)
HINTS = {
    EMAIL_WISH: _("先填写电子邮件地址，并用收到的验证码证明是您的。"),
    CALL_WISH: _("办理您事项的工作人员会看到这一条。"),
    PAPER_WISH: _("办理您事项的工作人员会看到这一条。"),
}


class WishForm(RefusableForm):
    """Channels, whether others read there too, and in which language."""

    ways = CheckboxesField(
        label=_("除了网站，还怎样通知您"),
        help_text=_("网站上的通知总会有。都不选的，就只在网站上通知。"),
        choices=WAYS,
        hints=HINTS,
        required=False,
    )
    shared = YesNoField(
        label=_("别人也会看您的手机或者邮箱吗？"),
        help_text=_("选“是”，发出的消息只说“有新进展”，不说是什么事。"),
    )
    language = ChoiceRadioField(label=_("用什么语言通知"), choices=settings.LANGUAGES, inline=True)
    mark_optional = False

    def choices_made(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        given = self.cleaned_data
        return {code: code in given["ways"] for code, _label in WAYS} | {
            "shared": given["shared"],
            "language": given["language"],
        }

    @staticmethod
    def shown(wish: Wish | None) -> dict[str, Any]:
        """What the form shows of what was wished before."""
        wish = wish or Wish()
        return {
            "ways": [code for code, _label in WAYS if getattr(wish, code)],
            "shared": wish.shared,
            "language": wish.language,
        }

    def add_refused(self, errors: Any, message: str) -> None:
        """A refusal about one way stands at the ways."""
        super().add_refused({"ways" if name in HINTS else name: text for name, text in errors.items()}, message)


class AddressForm(RefusableForm):
    """An address to be proved."""

    value = forms.CharField(max_length=LONGEST)

    def __init__(self, channel: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        if channel == SMS:
            field.label, field.help_text = _("手机号码"), _("11位数字，例如13812345678。")
            field.widget = forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "maxlength": LONGEST})
        else:
            field.label, field.help_text = _("电子邮件地址"), _("例如name@example.com。")
            field.widget = forms.EmailInput({"autocomplete": "email", "maxlength": LONGEST})
        self.say_what_is_missing()


class CodeForm(RefusableForm):
    """The code that was sent."""

    code = forms.CharField(
        label=_("验证码"),
        help_text=_("6位数字，15分钟内有效。"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}),
    )
