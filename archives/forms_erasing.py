"""Forms of destruction: what is held by law."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archives.erasing.law_holds import Asked
from archives.models import LegalHold
from people.forms import ChoiceRadioField, DatePartsField, RefusableForm
from people.models import Office

LONGEST_REASON, LONGEST_DOCUMENT, LONGEST_ABOUT = 500, 80, 60


class LegalHoldForm(RefusableForm):
    """What is kept, by which paper, from when, why. It is sent as a form: a citizen ID stands in no address."""

    office = forms.ChoiceField(label=gettext_lazy("机关"))
    reach = ChoiceRadioField(label=gettext_lazy("保全范围"), choices=LegalHold.Reach.choices)
    about = forms.CharField(
        label=gettext_lazy("保全什么"),
        help_text=gettext_lazy("一件申请填申请编号，一个人填身份证号，一个事项填事项代码，一个地方填区划代码。"),
        max_length=LONGEST_ABOUT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    document = forms.CharField(label=gettext_lazy("要求保全的文书文号"), max_length=LONGEST_DOCUMENT)
    reason = forms.CharField(
        label=gettext_lazy("为什么保全"),
        help_text=gettext_lazy("例如诉讼、复议、审计、纪检监察调查。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    starts = DatePartsField(label=gettext_lazy("从哪一天起"))
    ends = DatePartsField(label=gettext_lazy("到哪一天止"), required=False, help_text=gettext_lazy("没有期限的不填。"))

    def __init__(self, offices: list[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]

    def clean(self) -> dict[str, Any]:
        """It ends no earlier than it begins."""
        given = super().clean()
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("结束的日期不能早于开始的日期。"))
        return given

    def asked(self) -> Asked:
        """The hold as it is asked for."""
        names = ("reach", "about", "document", "reason", "starts", "ends")
        return Asked(**{name: self.cleaned_data[name] for name in names})
