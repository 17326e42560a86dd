"""Forms of finance."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from payouts.models import Batch
from payouts.payable import Sums
from people.forms import BaseForm, FilterForm
from people.refusals import Invalid

ALL = ("", _("全部"))


class SeenForm(BaseForm):
    """The sums the maker saw, sent back with the button."""

    lines = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    total = forms.DecimalField(max_digits=14, decimal_places=2, widget=forms.HiddenInput)

    def sums(self) -> Sums:
        """The sums. Raises Invalid when the button was not pressed on our page."""
        if not self.is_valid():
            raise Invalid(_("请先核对合计，再编制批次。"), code="not_seen")
        return Sums(self.cleaned_data["lines"], self.cleaned_data["total"])


class DiscardForm(BaseForm):
    """Why a batch is discarded."""

    reason = forms.CharField(
        label=_("作废原因"),
        help_text=_("写明哪里有误，便于重新编制。原因加密保存。"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )


class BatchFilters(FilterForm):
    """Which batches to list."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *Batch.State.choices])

    def chosen(self) -> str:
        """The state asked for, "" for all or for something unknown."""
        return self.cleaned_data.get("state", "") if self.is_valid() else ""


class YearForm(FilterForm):
    """The budget year to look at."""

    year = forms.TypedChoiceField(label=_("预算年度"), required=False, coerce=int, empty_value=None)

    def __init__(self, years: list[int], current: int, data: Mapping[str, str]) -> None:
        super().__init__({"year": data.get("year") or current})
        self.current = current
        self.fields["year"].choices = [(year, str(year)) for year in sorted({*years, current}, reverse=True)]

    def chosen(self) -> int:
        """The year asked for, the current one for anything unknown."""
        return (self.cleaned_data["year"] if self.is_valid() else None) or self.current
