"""Forms about what came back: return files, contradictions, accounts, claims."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import BANK_LENGTH, AccountField
from people.forms import ChoiceRadioField, DatePartsField, MoneyField, RefusableForm
from people.models import Office

LONGEST_NOTE, LONGEST_PROOF = 500, 60


class ReturnFileForm(RefusableForm):
    """A file of the bank, for one of the user's bureaus."""

    office = forms.TypedChoiceField(label=_("财政部门"), coerce=int)
    file = forms.FileField(
        label=_("银行回单文件"),
        help_text=_("CSV或XLSX，第一行是“批次号、序号、结果、原因、入账日期”。最多2万行、5兆。可以只有部分笔数。"),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
    )

    def __init__(self, offices: list[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, str(office)) for office in offices]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = offices[0].pk
        self.say_what_is_missing()


class RulingForm(RefusableForm):
    """What is made of a contradiction."""

    mark_optional = False
    accepted = ChoiceRadioField(
        label=_("怎样处理"),
        choices=[("yes", _("按这一行办理")), ("no", _("不采用，保持原来的结果"))],
        hints={
            "yes": _("失败的：银行撤回了已经入账的款，转为退回。成功的：原来说失败，实际已经到账。"),
            "no": _("银行确认这一行有误。"),
        },
    )
    note = forms.CharField(
        label=_("怎样核实的"),
        help_text=_("例如与银行哪位经办人核实、依据什么凭证。加密保存。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )


class OwnAccountForm(RefusableForm):
    """The applicant's account, typed twice."""

    account = AccountField(label=_("新的收款账号"), help_text=_("填写申请人本人（或申请单位）的账号。"))
    again = AccountField(label=_("再填一遍收款账号"), error_messages={"required": _("请把账号再填一遍。")})
    bank = forms.CharField(label=_("开户行"), max_length=BANK_LENGTH)

    def clean(self) -> dict[str, Any]:
        """The two accounts agree."""
        cleaned = super().clean() or {}
        first, again = cleaned.get("account"), cleaned.get("again")
        if first and again and first != again:
            self.add_error("again", _("两次填写的账号不一样，请对照银行卡核对。"))
        return cleaned


class AccountCheckForm(RefusableForm):
    """Whether an account may be used."""

    mark_optional = False
    accepted = ChoiceRadioField(
        label=_("核对结果"), choices=[("yes", _("可以使用，用于补发")), ("no", _("不能使用，请申请人重新填写"))]
    )
    reason = forms.CharField(
        label=_("不能使用的原因"),
        help_text=_("不能使用的须填写，申请人会看到。"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )


class PaidBackForm(RefusableForm):
    """A sum that was paid back."""

    amount = MoneyField(label=_("缴回金额"))
    on = DatePartsField(label=_("缴回日期"))
    proof = forms.CharField(label=_("缴款凭证编号"), max_length=LONGEST_PROOF)


class RepaymentCheckForm(RefusableForm):
    """Whether what was entered as paid back is so."""

    mark_optional = False
    accepted = ChoiceRadioField(
        label=_("复核结果"), choices=[("yes", _("与凭证一致，计入")), ("no", _("不一致，不计入"))]
    )
    reason = forms.CharField(
        label=_("没有通过的原因"),
        help_text=_("不计入的须填写。"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )


class SetOffForm(RefusableForm):
    """The decision to set a due off."""

    reason = forms.CharField(label=_("抵扣的理由和依据"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3}))
