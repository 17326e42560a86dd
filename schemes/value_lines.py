"""Policy values that are typed line by line: sums by code, periods of filing, instalments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.forms import MoneyField, fold_width
from schemes.words.value_words import OCCASIONS


def lines_field(label: str, help_text: str) -> forms.Field:
    """A field for several lines of text."""
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea({"rows": 6, "spellcheck": "false"}))


def sums_of_lines(text: str) -> dict[str, str]:
    """Code and sum a line. Raises ValidationError for a sum that is none."""
    sums: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, _blank, sum_ = line.partition(" ")
        sums[code] = str(MoneyField().clean(sum_))
    return sums


def periods_of_lines(text: str) -> list[dict[str, str]]:
    """Pairs of days; whether they are days is for the reader of the value to say."""
    rows = [fold_width(line).split() for line in text.splitlines() if line.strip()]
    if any(len(row) != len(("opens", "closes")) for row in rows):
        raise ValidationError(_("每行写开始日和截止日，中间空一格，例如 09-01 10-15"))
    return [{"opens": opens, "closes": closes} for opens, closes in rows]


def instalments_of_lines(text: str) -> list[dict[str, Any]]:
    """Occasion, percent and months; whether they can be so is for the reader of the value to say."""
    words = {str(label): code for code, label in OCCASIONS.items()}
    rows = [fold_width(line).split() for line in text.splitlines() if line.strip()]
    if any(len(row) != len(("occasion", "percent", "months")) or not row[2].isdecimal() for row in rows):
        raise ValidationError(_("每行写节点、百分比、月数，中间空一格，例如：验收 40 6"))
    return [
        {"occasion": words.get(row[0], row[0]), "percent": row[1].removesuffix("%"), "months": int(row[2])}
        for row in rows
    ]


def instalment_line(raw: Mapping[str, Any]) -> str:
    """An instalment as it is typed."""
    return f"{OCCASIONS.get(raw['occasion'], raw['occasion'])} {raw['percent']} {raw['months']}"
