"""Forms of the policy pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import DatePartsField, FilterForm


class PlaceForm(FilterForm):
    """Which place's policy to look at, and which schemes."""

    q = forms.CharField(
        label=_("县、市、州、省的名称或行政区划代码"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "search"}),
    )
    s = forms.CharField(label=_("事项名称"), required=False, max_length=40, widget=forms.TextInput({"type": "search"}))


class DayForm(FilterForm):
    """The day whose policy is shown."""

    on = DatePartsField(label=_("查看哪一天的政策"), required=False)


class TraceForm(FilterForm):
    """Which documents to follow: of one place, or only where something is assumed."""

    place = forms.ChoiceField(label=_("地区"), required=False)
    assumed = forms.BooleanField(label=_("只看文件没有载明、暂定的"), required=False)

    def __init__(self, *args, places: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("全部")), *places]
