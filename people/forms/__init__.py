"""Form fields that every room shares: pure controls, no model, no rule of any scheme.

They read what people really type (full-width digits, spaces, thousands separators, 年 月 日) and say which part is
wrong. How they look is the business of ``templates/django/forms``; the renderer adds the classes.
"""

from people.forms.base import BaseForm, FilterForm
from people.forms.choices import CheckboxesField, ChoiceRadioField, YesNoField
from people.forms.dates import DatePartsField
from people.forms.errors import ErrorEntry, error_entries
from people.forms.numbers import GroupedNumberField, MoneyField, PercentField, WholeNumberField
from people.forms.refusable import RefusableForm, Tried, tried
from people.forms.sums import NamedSumsField
from people.forms.text import fold_width, group_in_fours

__all__ = [
    "BaseForm",
    "CheckboxesField",
    "ChoiceRadioField",
    "DatePartsField",
    "ErrorEntry",
    "FilterForm",
    "GroupedNumberField",
    "MoneyField",
    "NamedSumsField",
    "PercentField",
    "RefusableForm",
    "Tried",
    "WholeNumberField",
    "YesNoField",
    "error_entries",
    "fold_width",
    "group_in_fours",
    "tried",
]
