"""Forms of the policy pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import DatePartsField, FilterForm


class PlaceForm(FilterForm):
    """Which place's policy to look at."""

    q = forms.CharField(
        label=_("县、市、州、省的名称或行政区划代码"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "search"}),
    )


class DayForm(FilterForm):
    """The day whose policy is shown."""

    on = DatePartsField(label=_("查看哪一天的政策"), required=False)
