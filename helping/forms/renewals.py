"""Forms of 恢复帮办: bringing in a signed consent, and what a colleague says of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helping.forms.consent import PresentConsentForm
from helping.models import Renewal
from helping.standing.recording import LONGEST
from people.forms import ChoiceRadioField, RefusableForm
from people.models import Office

CONFIRM = "confirm"


class RenewalForm(RefusableForm):
    """Whose consent, and the paper they signed."""

    name = forms.CharField(label=_("姓名"), max_length=100)
    id_number = forms.CharField(label=_("身份证号码"), max_length=40, help_text=_("18位，最后一位可能是X。"))
    scan = forms.FileField(
        label=_("本人重新签字（按手印）的同意书"),
        help_text=_("拍照或扫描，JPG、PNG或PDF。"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"}),
    )
    document = forms.CharField(label=_("同意书编号"), required=False, max_length=LONGEST)
    office = forms.ChoiceField(label=_("您代表哪个单位"))

    clean_scan = PresentConsentForm.clean_scan

    def __init__(self, offices: Iterable[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(office.pk), office.label) for office in offices]
        self.fields["office"].choices = named if len(named) == 1 else [("", gettext("请选择")), *named]


class RulingForm(RefusableForm):
    """The paper is the person's, or what is wrong with it."""

    ruling = ChoiceRadioField(label=_("核对的结果"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        right = (CONFIRM, _("是本人签字的同意书，恢复帮办"))
        self.fields["ruling"].choices = [right, *Renewal.Why.choices]
