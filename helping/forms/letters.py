"""Forms about letters of authority: bringing one, and the office's word on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.uploads import CleanFile
from helping.forms.consent import cleaned_scan
from helping.models import LetterRuling
from helping.organisations.bringing import Brought
from people.forms import ChoiceRadioField, DatePartsField, RefusableForm

SECOND, INSTEAD = "second", "instead"
CONFIRM, REFUSE = "confirm", "refuse"


class LetterForm(RefusableForm):
    """For which organisation, from when to when, and the paper."""

    uscc = forms.CharField(
        label=_("统一社会信用代码"), help_text=_("营业执照或者登记证书上的18位代码。"), max_length=40
    )
    name = forms.CharField(label=_("单位名称"), help_text=_("和营业执照或者登记证书上的一样。"), max_length=100)
    starts = DatePartsField(label=_("委托书从哪一天起有效"))
    ends = DatePartsField(label=_("委托书到哪一天为止"))
    place = ChoiceRadioField(
        label=_("这个单位原来有经办人吗？"),
        choices=[(SECOND, _("没有，或者和原来的经办人一起办")), (INSTEAD, _("有，由我接替"))],
        help_text=_("由您接替的，办理机关核对以后，单位的申请都转到您名下，原来的经办人不能再办。"),
    )
    scan = forms.FileField(
        label=_("盖章的授权委托书"),
        help_text=_("拍照或扫描，JPG、PNG或PDF。要有单位公章和法定代表人签字，写明您的姓名和有效期。"),
        error_messages={"required": _("请上传盖章的授权委托书。")},
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"}),
    )

    def clean_scan(self) -> CleanFile:
        """The file, cleaned."""
        return cleaned_scan(self.cleaned_data["scan"])

    def brought(self) -> Brought:
        """What the letter says."""
        given = self.cleaned_data
        said = {name: given[name] for name in ("uscc", "name", "starts", "ends", "scan")}
        return Brought(replaces=given["place"] == INSTEAD, **said)


class RulingForm(RefusableForm):
    """Whether the letter counts, or what is wrong with it."""

    outcome = ChoiceRadioField(
        label=_("核对的结果"), choices=[(CONFIRM, _("确认，按委托书办")), (REFUSE, _("不确认，请重新上传"))]
    )
    reason = forms.ChoiceField(label=_("哪里不对"), required=False, help_text=_("确认的不用选。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("请选择")), *LetterRuling.Reason.choices]
