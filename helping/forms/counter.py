"""Forms of the counter: who is there, what they apply for, and that it was read to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.declarations import DeclarationsForm
from applications.forms.fields import IdNumberField, NameField
from applications.offers import Offer
from people.forms import RefusableForm
from people.models import Office
from schemes.definition import SchemeDefinition


class ApplicantForm(RefusableForm):
    """Name and ID number, as on the card the applicant shows."""

    office = forms.TypedChoiceField(label=_("在哪个窗口"), coerce=int)
    name = NameField(label=_("申请人姓名"), widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}))
    id_number = IdNumberField(label=_("申请人身份证号码"), help_text=_("对照身份证原件填写。查找会留下记录。"))

    def __init__(self, offices: list[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = offices[0].pk
        self.say_what_is_missing()


class SchemeForm(RefusableForm):
    """What the applicant asks for."""

    scheme = forms.ChoiceField(label=_("申请办理哪个事项"))

    def __init__(self, offers: list[Offer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(offer.definition.code, str(offer.definition.title)) for offer in offers]
        self.fields["scheme"].choices = [("", _("请选择")), *choices]


class ReadBackForm(DeclarationsForm):
    """The declarations, each read out and agreed to, and that everything else was read out too."""

    def __init__(self, definition: SchemeDefinition, *args: Any, **kwargs: Any) -> None:
        super().__init__(definition, *args, **kwargs)
        text = _("我已经把上面填写的内容和每条声明逐项读给申请人听，申请人确认无误并同意提交。")
        self.fields["read_back"] = forms.BooleanField(
            label=text, error_messages={"required": _("请先把内容读给申请人听，再勾选。")}
        )
