"""What a caller of the hotline says."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from helping.pins.making import DIGITS
from people.forms import GroupedNumberField, RefusableForm


class LookupForm(RefusableForm):
    """Case number and PIN."""

    number = GroupedNumberField(
        label=_("申请编号"),
        help_text=_("在收件凭证上，由字母和数字组成。"),
        max_length=60,
        error_messages={"required": _("请填写申请编号。")},
    )
    pin = GroupedNumberField(
        label=_("查询密码"),
        help_text=_("%(digits)s位数字。") % {"digits": DIGITS},
        max_length=20,
        validators=[RegexValidator(rf"^[0-9]{{{DIGITS}}}$", _("查询密码是6位数字，请再问一遍来电人。"))],
        error_messages={"required": _("请填写查询密码。")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}),
    )
