"""Forms about banks that are paid subsidised interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import BANK_LENGTH, AccountField, OrganisationField, UsccField
from payouts.banks import Said
from people.forms import ChoiceRadioField, RefusableForm
from people.models import Office


class BankForm(RefusableForm):
    """A bank and its account, typed twice."""

    office = forms.TypedChoiceField(label=_("财政部门"), coerce=int)
    uscc = UsccField(label=_("银行的统一社会信用代码"))
    name = OrganisationField(label=_("银行名称"), help_text=_("与营业执照一致，写到支行。"))
    account = AccountField(label=_("收款账号"), help_text=_("银行收取贴息的账号，以银行盖章的函件为准。"))
    again = AccountField(label=_("再填一遍收款账号"), error_messages={"required": _("请把账号再填一遍。")})
    opened_at = forms.CharField(label=_("账户开在哪家银行"), max_length=BANK_LENGTH)

    def __init__(self, offices: list[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]
        self.say_what_is_missing()

    def clean(self) -> dict[str, Any]:
        """The two accounts agree."""
        cleaned = super().clean() or {}
        first, again = cleaned.get("account"), cleaned.get("again")
        if first and again and first != again:
            self.add_error("again", _("两次填写的账号不一样，请对照银行的函件核对。"))
        return cleaned

    def said(self) -> Said:
        """What was typed; to be read once the form is valid."""
        given = self.cleaned_data
        return Said(given["uscc"], given["name"], given["account"], given["opened_at"])


class BankAccountCheckForm(RefusableForm):
    """Whether the account of a bank may be used."""

    mark_optional = False
    accepted = ChoiceRadioField(
        label=_("核对结果"), choices=[("yes", _("与银行的函件一致，可以使用")), ("no", _("不一致，不能使用"))]
    )
