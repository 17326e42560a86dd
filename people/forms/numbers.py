"""Money and long numbers, typed the way people type them."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms.text import fold_width, group_in_fours, without_gaps

CURRENCY_SIGNS = re.compile(r"^[¥￥]\s*|\s*元$")
GROUPED = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$")
PLAIN = re.compile(r"^\d+(\.\d+)?$")
LARGEST = Decimal("9999999999.99")
SMALL_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
LARGEST_PERCENT = 1000
FEN_DIGITS = 2


class AffixInput(forms.TextInput):
    """A text box with a unit before or after it; the box is described by its unit, so screen readers say it too."""

    template_name = "django/forms/widgets/affix.html"

    def __init__(self, attrs=None, *, prefix="", suffix="") -> None:
        super().__init__(attrs)
        self.prefix, self.suffix = prefix, suffix

    def get_context(self, name, value, attrs):
        """Give the template the units."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"prefix": self.prefix, "suffix": self.suffix}
        own = context["widget"]["attrs"]
        if own.get("id"):
            own["aria-describedby"] = f"{own.get('aria-describedby', '')} {own['id']}_unit".strip()
        return context


def money_box() -> AffixInput:
    """A box for a sum in 元."""
    return AffixInput({"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}, suffix=_("元"))


class MoneyField(forms.Field):
    """An amount in 元; clean gives a Decimal with two places. No amount passes through a float.

    Reads full-width digits, thousands separators (1,000.00) and 元 or ¥; refuses parts of a fen, signs and words.
    """

    default_error_messages = {
        "required": _("请填写金额"),
        "invalid": _("金额请只写数字，例如 1000 或 1000.50"),
        "separators": _("逗号的位置不对，请写成 1,000.00 或 1000.00"),
        "too_fine": _("金额最多写到分，也就是小数点后两位"),
        "too_small": _("金额不能少于 %(limit)s 元"),
        "too_large": _("金额不能超过 %(limit)s 元"),
    }

    def __init__(self, *, smallest: Decimal = Decimal(0), largest: Decimal = LARGEST, **kwargs) -> None:
        kwargs.setdefault("widget", money_box())
        super().__init__(**kwargs)
        self.smallest, self.largest = smallest, largest

    def to_python(self, value) -> Decimal | None:
        """What was typed, as an amount."""
        text = CURRENCY_SIGNS.sub("", fold_width(str(value if value is not None else "")).replace(" ", ""))
        if not text:
            return None
        return self._read(text)

    def _read(self, text: str) -> Decimal:
        if "," in text and not GROUPED.match(text):
            raise ValidationError(self.error_messages["separators"], code="separators")
        plain = text.replace(",", "")
        if not (PLAIN.match(plain) and plain.isascii()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(plain.partition(".")[2]) > FEN_DIGITS:
            raise ValidationError(self.error_messages["too_fine"], code="too_fine")
        return Decimal(plain).quantize(Decimal("0.01"))

    def validate(self, value) -> None:
        """Required, and between the limits."""
        super().validate(value)
        if value is None:
            return
        for code, limit, beyond in (
            ("too_small", self.smallest, value < self.smallest),
            ("too_large", self.largest, value > self.largest),
        ):
            if beyond:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": limit})

    def has_changed(self, initial, data) -> bool:
        """1000 and 1,000.00 are the same amount."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _percent_box() -> AffixInput:
    return AffixInput({"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}, suffix="%")


class PercentField(forms.Field):
    """A percent; clean gives a Decimal, or None when optional and empty. Full-width digits and a typed % are read.

    `largest`: what it cannot exceed; a share of something has 100.
    """

    default_error_messages = {
        "required": _("请填写百分比"),
        "invalid": _("百分比请只写数字，例如 4.35"),
        "too_large": _("百分比不能超过 %(limit)s"),
    }

    def __init__(self, *, largest: int = LARGEST_PERCENT, **kwargs) -> None:
        kwargs.setdefault("widget", _percent_box())
        super().__init__(**kwargs)
        self.largest = largest

    def to_python(self, value) -> Decimal | None:
        """What was typed, as a number."""
        text = fold_width(str(value if value is not None else "")).removesuffix("%").strip()
        if not text:
            return None
        if not SMALL_NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text)

    def validate(self, value) -> None:
        """Required, and not beyond what a percent can be."""
        super().validate(value)
        if value is not None and value > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large", params={"limit": self.largest})


class WholeNumberField(forms.IntegerField):
    """A whole number in a plain text box; full-width digits are read."""

    default_error_messages = {"required": _("请填写数字"), "invalid": _("请填写整数，例如 3")}

    def __init__(self, **kwargs) -> None:
        box = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-5"})
        kwargs.setdefault("widget", box)
        super().__init__(**kwargs)

    def to_python(self, value) -> int | None:
        """Folded first, then read as usual."""
        return super().to_python(fold_width(value) if isinstance(value, str) else value)


class GroupedNumberField(forms.CharField):
    """A long number (account, ID, card): shown in groups of four, read with any blanks and dashes, kept as one run."""

    default_error_messages = {"required": _("请填写号码")}

    def __init__(self, **kwargs) -> None:
        wide = "govuk-input--width-20 govuk-input--extra-letter-spacing"
        box = forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": wide})
        kwargs.setdefault("widget", box)
        super().__init__(**kwargs)

    def to_python(self, value) -> str:
        """The number as one run of characters."""
        return without_gaps(super().to_python(value))

    def prepare_value(self, value):
        """The number in groups of four; what was typed wrongly is shown regrouped, never shortened."""
        return group_in_fours(value) if isinstance(value, str) else value
