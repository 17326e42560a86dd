"""Forms about issued papers: service, slips, voiding, the register. What they mean is checked by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.issued.correcting import LONGEST_REASON, LONGEST_WORDS
from approvals.issued.recording import LONGEST_TRACKING, RECORDABLE, Recorded
from approvals.issued.register import LONGEST_NUMBER
from approvals.letters.corrections import Slip
from papers.models import PaperService
from people.forms import ChoiceRadioField, DatePartsField, FilterForm, RefusableForm

Way = PaperService.Way
LONGEST_NAME = 60
PROOFS = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"
WAY_HINTS = {
    Way.HAND: _("本人或者法定代表人在送达回证上签收。"),
    Way.POST: _("以回执上注明的收件日期为送达日期。"),
    Way.LEFT: _("拒绝签收的，请两名见证人到场，写明情况，留在住处。"),
    Way.SUBSTITUTE: _("同住的成年家属、代理人或者指定的代收人签收。"),
    Way.NOTICE: _("其他方式都无法送达时使用；从公告之日起满三十天视为送达（暂按推定）。"),
}


class IssuedForm(RefusableForm):
    """A form on the page of a paper, where several stand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class ServiceForm(IssuedForm):
    """登记送达."""

    way = ChoiceRadioField(label=_("送达方式"), choices=[(way.value, way.label) for way in RECORDABLE], hints=WAY_HINTS)
    on = DatePartsField(label=_("送达日期"), help_text=_("公告送达的，填公告开始的日期。"))
    receiver = forms.CharField(
        label=_("签收人"), help_text=_("代收的，写明与当事人的关系。"), max_length=LONGEST_NAME, required=False
    )
    tracking = forms.CharField(
        label=_("邮件号码"), help_text=_("邮寄送达的填写。"), max_length=LONGEST_TRACKING, required=False
    )
    witness_1 = forms.CharField(
        label=_("第一名见证人"), help_text=_("留置送达的填写姓名和单位。"), max_length=LONGEST_NAME, required=False
    )
    witness_2 = forms.CharField(label=_("第二名见证人"), max_length=LONGEST_NAME, required=False)
    place = forms.CharField(
        label=_("地点"), help_text=_("留置在哪里，或者公告登在哪里。"), max_length=LONGEST_WORDS, required=False
    )
    note = forms.CharField(
        label=_("说明"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea({"rows": 2})
    )
    proof = forms.FileField(
        label=_("送达回证、回执或现场照片"),
        help_text=_("JPG、PNG或PDF。加密保存，只有能看到本案的工作人员可以打开。"),
        widget=forms.FileInput({"accept": PROOFS}),
        allow_empty_file=True,
    )

    def recorded(self) -> Recorded:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Recorded(
            way=given["way"],
            on=given["on"],
            upload=given["proof"],
            receiver=given["receiver"],
            tracking=given["tracking"],
            witnesses=(given["witness_1"], given["witness_2"]),
            place=given["place"],
            note=given["note"],
        )


class SlipForm(IssuedForm):
    """提出更正."""

    wrong = forms.CharField(
        label=_("原文"), help_text=_("照文书原文填写有误的文字，一字不差。"), max_length=LONGEST_WORDS, strip=False
    )
    right = forms.CharField(label=_("更正为"), max_length=LONGEST_WORDS, strip=False)
    reason = forms.CharField(
        label=_("更正的理由"),
        help_text=_("会写进更正决定书。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )

    def slip(self) -> Slip:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Slip(given["wrong"], given["right"], given["reason"])


class VoidForm(IssuedForm):
    """作废."""

    reason = forms.CharField(
        label=_("作废的理由"),
        help_text=_("文号保留在登记簿里，不再使用。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )


class RegisterForm(FilterForm):
    """Which part of the register."""

    office = forms.ChoiceField(label=_("机关"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    series = forms.ChoiceField(label=_("字号系列"), required=False)
    number = forms.CharField(label=_("发文字号"), max_length=LONGEST_NUMBER, required=False)

    def __init__(
        self, offices: list[tuple[str, str]], years: list[int], series: list[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.fields["series"].choices = [("", _("全部")), *((one, one) for one in series)]
