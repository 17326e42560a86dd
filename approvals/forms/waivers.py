"""Forms of waivers that live on: refunds, yearly checks, changes and what comes of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.exofficio import words_field
from benefits.models import Ground, WaiverChange, WaiverChangeAnswer, WaiverCheck
from benefits.waivers.changes import Answered, Reported, results_for
from benefits.waivers.checks import Found
from benefits.waivers.refunds import LONGEST_REFERENCE, Refunded
from people.forms import ChoiceRadioField, DatePartsField, FilterForm, MoneyField, RefusableForm, YesNoField

LONGEST_NUMBER, LONGEST_ADDRESS = 40, 200


class RefundForm(RefusableForm):
    """退款确认: what the centre paid back, when, under which voucher."""

    amount = MoneyField(label=_("退还的金额（元）"), help_text=_("可以分几次退还，每次登记一笔。"))
    paid_on = DatePartsField(label=_("退款日期"))
    reference = forms.CharField(label=_("退款凭证号"), max_length=LONGEST_REFERENCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def told(self) -> Refunded:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Refunded(given["amount"], given["paid_on"], given["reference"])


class CheckForm(RefusableForm):
    """年检: what was found, and the conclusion."""

    same_holder = YesNoField(label=_("仍由本人持有（没有转让、转租）"))
    in_person = YesNoField(label=_("仍由本人经营"))
    certificate_valid = YesNoField(label=_("残疾人证有效"))
    result = ChoiceRadioField(
        label=_("年检结果"),
        choices=WaiverCheck.Result.choices,
        hints={
            WaiverCheck.Result.OK: _("一年以后再检（暂按推定）"),
            WaiverCheck.Result.UNCLEAR: _("30天以后再检（暂按推定）"),
            WaiverCheck.Result.REVIVAL: _("减免暂不变。恢复缴纳须另行立案，先告知、听取陈述申辩"),
        },
    )
    ground = ChoiceRadioField(
        label=_("恢复缴纳的情形"), choices=Ground.choices, required=False, help_text=_("只在有这种情形时选择。")
    )
    words = words_field(_("怎样核对的、结论是什么"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def told(self) -> Found:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Found(
            same_holder=given["same_holder"],
            in_person=given["in_person"],
            certificate_valid=given["certificate_valid"],
            result=given["result"],
            words=given["words"],
            ground=given["ground"],
        )


class WaiverChangeForm(RefusableForm):
    """登记变更, by an official."""

    kind = ChoiceRadioField(label=_("变更事项"), choices=WaiverChange.Kind.choices)
    found_by = ChoiceRadioField(label=_("来源"), choices=WaiverChange.Source.choices)
    happened_on = DatePartsField(label=_("变更日期"))
    words = words_field(_("变更情况"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def told(self) -> Reported:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Reported(given["kind"], given["found_by"], given["happened_on"], given["words"])


class OwnWaiverChangeForm(RefusableForm):
    """The holder's own report: what, when, and in words."""

    kind = ChoiceRadioField(label=_("变更事项"), choices=WaiverChange.Kind.choices)
    happened_on = DatePartsField(label=_("变更日期"))
    words = words_field(_("变更情况"), _("搬到别处的，写明新的地址。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class WaiverAnswerForm(RefusableForm):
    """处理变更: what comes of it. Number and address only where it is run at another place now."""

    result = ChoiceRadioField(
        label=_("处理结果"),
        choices=WaiverChangeAnswer.Result.choices,
        hints={
            WaiverChangeAnswer.Result.ENDED: _("减免终止，协议和证明失效。"),
            WaiverChangeAnswer.Result.REVIVAL: _("减免暂不变，请接着依职权立案。"),
        },
    )
    address = forms.CharField(label=_("新的经营地址"), max_length=LONGEST_ADDRESS, required=False)
    number = forms.CharField(label=_("站点编号"), max_length=LONGEST_NUMBER, required=False)
    words = words_field(_("核实的经过和结论"))

    def __init__(self, change: WaiverChange, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = results_for(change)
        choices = [choice for choice in WaiverChangeAnswer.Result.choices if choice[0] in allowed]
        self.fields["result"].choices = choices
        if change.kind != WaiverChange.Kind.MOVED:
            del self.fields["address"], self.fields["number"]
        self.say_what_is_missing()

    def told(self) -> Answered:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Answered(given["result"], given["words"], given.get("number", ""), given.get("address", ""))


class WaiverFilterForm(FilterForm):
    """Which scheme and county a list is narrowed to."""

    scheme = forms.ChoiceField(label=_("事项"), required=False)
    division = forms.ChoiceField(label=_("县（市、区）"), required=False)

    def __init__(
        self, schemes: list[tuple[str, str]], divisions: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("全部")), *schemes]
        self.fields["division"].choices = [("", _("全部")), *divisions]
