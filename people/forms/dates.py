"""A date as three boxes, 年 月 日: quicker than a calendar for a birthday, and it works with every aid."""

import re
from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.day_words import day_in_words
from people.forms.parts import PartsBoundField, PartsWidget
from people.forms.text import fold_width

YEAR, MONTH, DAY = 0, 1, 2
PARTS = ("year", "month", "day")
LABELS = (_("年"), _("月"), _("日"))
WIDTHS = (4, 2, 2)
UNITS = re.compile(r"[年月日号]$")
WHOLE_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$")
Limit = date | Callable[[], date] | None


class DatePartsWidget(PartsWidget):
    """Three short text boxes."""

    template_name = "django/forms/widgets/date_parts.html"

    def __init__(self, attrs=None) -> None:
        boxes = {part: forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}) for part in PARTS}
        super().__init__(boxes, attrs)

    def decompress(self, value):
        """A date, or an ISO text as stored answers have it, in three parts."""
        if isinstance(value, str):
            value = _from_one_text(value)
        return [value.year, value.month, value.day] if value else [None, None, None]

    def dress(self, part: int) -> tuple[str, str]:
        """年, 月, 日."""
        return LABELS[part], f"govuk-input govuk-date-input__input govuk-input--width-{WIDTHS[part]}"


class DatePartsField(forms.Field):
    """A date typed as year, month and day; clean gives a date, or None when optional and empty.

    ``earliest`` and ``latest`` are days or functions giving one. Each error says which part is wrong and what to write.
    """

    widget = DatePartsWidget
    bound_field_class = PartsBoundField
    default_error_messages = {
        "required": _("请填写日期，例如 2027 年 3 月 9 日"),
        "no_year": _("请填写年份"),
        "no_month": _("请填写月份"),
        "no_day": _("请填写几日"),
        "year": _("年份请写四位数字，例如 2027"),
        "month": _("月份请写 1 到 12 的数字"),
        "day": _("日期请写 1 到 31 的数字"),
        "no_such_day": _("%(year)s 年 %(month)s 月没有 %(day)s 日，请核对"),
        "too_early": _("日期不能早于 %(limit)s"),
        "too_late": _("日期不能晚于 %(limit)s"),
    }

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value) -> date | None:
        """Three texts (or one whole date in the first box) to a date."""
        texts = [UNITS.sub("", fold_width(str(part or ""))) for part in (value or ("", "", ""))]
        whole = _from_one_text(fold_width(str(value[0] or ""))) if value and not any(texts[1:]) else None
        if not whole and not any(texts):
            if self.required:
                raise self._error("required", YEAR, parts=range(3))
            return None
        found = whole or self._assemble(texts)
        self._check_limits(found)
        return found

    def has_changed(self, initial, data) -> bool:
        """Whether the three parts differ from the initial date."""
        before = self.widget.decompress(initial) if initial else [None, None, None]
        return [str(part or "") for part in before] != [fold_width(str(part or "")) for part in data or ["", "", ""]]

    def _error(self, code: str, part: int, parts=None, **params) -> ValidationError:
        params |= {"part": part, "parts": tuple(parts or [part])}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def _assemble(self, texts: list[str]) -> date:
        """The date three texts make."""
        self._raise_together([self._missing(texts, part) for part in range(3)])
        self._raise_together([self._unreadable(texts, part) for part in range(3)])
        year, month, day = (int(text) for text in texts)
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error("no_such_day", DAY, year=year, month=month, day=day) from None

    def _missing(self, texts: list[str], part: int) -> ValidationError | None:
        return None if texts[part] else self._error(f"no_{PARTS[part]}", part)

    def _unreadable(self, texts: list[str], part: int) -> ValidationError | None:
        lowest, highest = ((1000, 9999), (1, 12), (1, 31))[part]
        text = texts[part]
        readable = text.isascii() and text.isdigit() and len(text) <= WIDTHS[part] and lowest <= int(text) <= highest
        return None if readable else self._error(PARTS[part], part)

    def _raise_together(self, errors: list[ValidationError | None]) -> None:
        """All faults of one kind at once, the first one leading."""
        found = [error for error in errors if error]
        parts = tuple(error.params["part"] for error in found)
        for error in found:
            error.params["parts"] = parts
        if found:
            raise ValidationError(found)

    def _check_limits(self, found: date) -> None:
        """Neither before the earliest nor after the latest day."""
        for code, limit in (("too_early", self.earliest), ("too_late", self.latest)):
            bound = limit() if callable(limit) else limit
            if bound and (found < bound if code == "too_early" else found > bound):
                raise self._error(code, YEAR, parts=range(3), limit=day_in_words(bound))


def _from_one_text(text: str) -> date | None:
    """A whole date pasted into one box: 2027-3-9, 2027/03/09, 2027年3月9日 or 20270309."""
    match = WHOLE_DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None
