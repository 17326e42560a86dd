"""Forms about holds: rosters, lifting, and holding by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payouts.models.holds import KINDS
from people.forms import ChoiceRadioField, RefusableForm
from people.models import Office

LONGEST_REASON = 500


class RosterFileForm(RefusableForm):
    """A roster of another authority, for one of the user's bureaus."""

    mark_optional = False
    office = forms.TypedChoiceField(label=_("财政部门"), coerce=int)
    kind = ChoiceRadioField(label=_("是什么名单"), choices=KINDS)
    file = forms.FileField(
        label=_("名单文件"),
        help_text=_(
            "CSV或XLSX，第一行写各列名称，须有“身份证号码”一列；“日期”一列写死亡、收押、迁出等的日期，"
            "死亡名单必须有。其他列不读取。最多2万行、5兆。"
        ),
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


class LiftForm(RefusableForm):
    """Why a hold is over."""

    reason = forms.CharField(
        label=_("怎样核实的"),
        help_text=_("写明向谁核实、依据什么，为什么可以发放。加密保存。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
    )


class HoldForm(RefusableForm):
    """A case to hold, and why."""

    number = forms.CharField(label=_("申请编号"), max_length=40)
    reason = forms.CharField(
        label=_("为什么暂缓"),
        help_text=_("写明有什么疑问、正在向谁核实。加密保存，申请人看不到。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
    )
