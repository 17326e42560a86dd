"""Numbers of the policy as people type them: percents, lists of percents, shares; nothing passes through a float."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms import fold_width
from people.forms.numbers import AffixInput

NUMBER = re.compile(r"\d{1,10}(\.\d{1,6})?")
SHARE = re.compile(r"(\d{1,6})/(\d{1,6})")
BETWEEN = re.compile(r"[\s、,;，；%]+")
HUNDRED = Decimal(100)


class DecimalField(forms.CharField):
    """A number of zero or more; clean gives a Decimal as it was typed, None when optional and empty."""

    default_error_messages = {"invalid": _("请只写数字，例如 30 或 4.35")}

    def __init__(self, *, suffix: str = "", **options: Any) -> None:
        box = {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}
        options.setdefault("widget", AffixInput(box, suffix=suffix))
        super().__init__(**options)

    def clean(self, value: Any) -> Decimal | None:
        """Folded first: full-width digits and a percent sign are read."""
        text = super().clean(fold_width(str(value or "")).rstrip("%").strip())
        return self.number(text) if text else None

    def number(self, text: str) -> Decimal:
        """The number; ValidationError for anything else."""
        if not NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text)


class PercentListField(forms.CharField):
    """Percents month after month, in one line; clean gives Decimals."""

    default_error_messages = {"invalid": _("请逐月写百分比，用空格分开，例如 100 80 60")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("逐月写百分比，用空格分开；最后一个适用于以后各月。例如 100 80 60"))
        super().__init__(**options)

    def clean(self, value: Any) -> list[Decimal]:
        """Blanks, commas and percent signs part the numbers."""
        words = [word for word in BETWEEN.split(fold_width(super().clean(value))) if word]
        if not all(NUMBER.fullmatch(word) for word in words):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return [Decimal(word) for word in words]


class ShareField(forms.CharField):
    """A part of the whole written 2/3, 0.5 or 1; clean gives the text."""

    default_error_messages = {"invalid": _("请写成分数或小数，例如 2/3 或 0.5；全额写 1")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("写成分数或小数，例如 2/3；全额写 1。"))
        options.setdefault("widget", forms.TextInput({"class": "govuk-input--width-5", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Folded, without blanks."""
        text = fold_width(super().clean(value)).replace(" ", "")
        if not (SHARE.fullmatch(text) or NUMBER.fullmatch(text)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text
