"""What a system administrator fills in: an office of the directory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import ChoiceRadioField, RefusableForm
from people.models import Office

NAME, SHORT = 80, 20


class OfficeDetailsForm(RefusableForm):
    """What may be changed of an office."""

    name = forms.CharField(label=_("机关名称"), max_length=NAME)
    name_en = forms.CharField(label=_("英文名称"), required=False, max_length=120)
    legal_kind = ChoiceRadioField(
        label=_("法律性质"), help_text=_("决定以谁的名义发文、向谁申请复议。"), choices=Office.LegalKind.choices
    )
    organ_mark = forms.CharField(label=_("发文机关标志"), help_text=_("文书顶端红字写的名称。"), max_length=NAME)
    run_by = ChoiceRadioField(label=_("由哪一级举办"), choices=Office.RunBy.choices, required=False)
    signs_for = forms.CharField(
        label=_("委托机关的机关代字"),
        help_text=_("受委托组织才填：写委托它的机关的代字。"),
        required=False,
        max_length=SHORT,
    )
    phone = forms.CharField(label=_("电话"), help_text=_("写在文书和页面上，供人询问。"), max_length=40)
    address = forms.CharField(label=_("地址"), required=False, max_length=120)
    review_organ = forms.CharField(label=_("复议机关"), max_length=NAME)
    court = forms.CharField(label=_("管辖法院"), max_length=NAME)


class NewOfficeForm(OfficeDetailsForm):
    """A new office: what it is for good, then the rest."""

    division = forms.CharField(
        label=_("区划代码"), help_text=_("六位、九位或者十二位数字，例如532503。以后不能更改。"), max_length=12
    )
    function = ChoiceRadioField(label=_("职能"), help_text=_("以后不能更改。"), choices=Office.Function.choices)
    document_prefix = forms.CharField(
        label=_("机关代字"), help_text=_("发文字号用，例如“蒙人社”。以后不能更改。"), max_length=SHORT
    )

    field_order = ("division", "function", "name", "name_en", "document_prefix")
