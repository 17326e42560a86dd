"""The boxes above a list: what narrows it, and whom to look for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.inbox.address import LONGEST_SEARCH, query_of, read_filters
from approvals.inbox.counts import Summary
from approvals.inbox.filters import DUE_LABELS, FLAG_LABELS, Filters
from approvals.inbox.order import BY_DUE, ORDER_LABELS
from approvals.inbox.tabs import DONE, MINE, OVERDUE, TODO, WAITING
from approvals.labels import Labels
from people.forms import BaseForm, CheckboxesField, FilterForm, MoneyField

__all__ = ["InboxFilters", "SearchForm", "query_of", "read_filters"]

ALL = ("", _("全部"))
OF_ITEMS = {"scheme", "stage", "county", "label", "amount_from", "amount_to", "flag"}
# What a tab can be narrowed by: only what is to do has a deadline that matters, and only there an order is chosen.
FIELDS_OF = {
    MINE: OF_ITEMS | {"due", "sort"},
    TODO: OF_ITEMS | {"due", "sort", "mine"},
    OVERDUE: OF_ITEMS | {"sort", "mine"},
    WAITING: OF_ITEMS | {"sort", "mine"},
    DONE: OF_ITEMS,
}
FIRST_ROW = ("scheme", "stage", "county", "due", "label", "sort")


class SearchForm(BaseForm):
    """Whom to look for. It is sent as a form, never in an address: somebody may type a citizen ID into it."""

    mark_optional = False
    q = forms.CharField(
        label=_("编号、姓名、单位或身份证号"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "class": "zd-input--search"}),
    )


class InboxFilters(FilterForm):
    """Filters above the list. Options are what is in the official's queues, with counts."""

    scheme = forms.ChoiceField(label=_("事项"), required=False)
    stage = forms.ChoiceField(label=_("环节"), required=False)
    county = forms.ChoiceField(label=_("县市区"), required=False)
    due = forms.ChoiceField(label=_("期限"), required=False, choices=[ALL, *DUE_LABELS.items()])
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=list(ORDER_LABELS.items()))
    amount_from = MoneyField(label=_("金额不低于"), required=False)
    amount_to = MoneyField(label=_("金额不高于"), required=False)
    flag = CheckboxesField(label=_("标记"), required=False, choices=list(FLAG_LABELS.items()))
    label = forms.ChoiceField(label=_("标签"), required=False)
    mine = forms.BooleanField(label=_("只看我签收的"), required=False)

    def __init__(
        self,
        filters: Filters,
        typed: QueryDict,
        summary: Summary,
        labels: Labels,
        counties: Mapping[str, str],
        own_labels: Mapping[str, str],
    ) -> None:
        super().__init__(_as_sent(filters, typed))
        for name in set(self.fields) - FIELDS_OF.get(filters.tab, {"scheme"}):
            del self.fields[name]
        self._offer("scheme", filters.scheme, _counted(summary.schemes, labels.title, summary))
        self._offer("stage", filters.stage, stage_options(summary, labels, filters.scheme))
        self._offer(
            "county", filters.county, _counted(summary.counties, lambda code: counties.get(code, code), summary)
        )

        self._offer("label", str(filters.label or ""), dict(own_labels), least=1)

    @property
    def first(self) -> list[forms.BoundField]:
        """The boxes that are always in sight."""
        return [self[name] for name in FIRST_ROW if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """The boxes behind "more"."""
        return [self[name] for name in self.fields if name not in FIRST_ROW]

    @property
    def more_used(self) -> bool:
        """Whether one of those behind "more" is filled in."""
        return any(self.data.get(field.name) for field in self.more)

    def clean(self) -> dict[str, Any]:
        """The lower amount cannot lie above the higher one."""
        found = super().clean()
        least, most = found.get("amount_from"), found.get("amount_to")
        if least is not None and most is not None and least > most:
            self.add_error("amount_to", ValidationError(_("上限低于下限，这样什么也查不到。请改其中一个。")))
        return found

    def _offer(self, name: str, chosen: str, options: dict[str, str | Promise], *, least: int = 2) -> None:
        """Offer the options; a filter that leaves no choice is not shown."""
        if name not in self.fields:
            return
        if len(options) < least and not chosen:
            del self.fields[name]
            return
        options.setdefault(chosen, chosen)
        self.fields[name].choices = [ALL, *((code, label) for code, label in options.items() if code)]


def _as_sent(filters: Filters, typed: QueryDict) -> dict[str, Any]:
    """What the boxes hold: the codes that were understood, the amounts as they were typed."""
    return {
        "scheme": filters.scheme,
        "stage": filters.stage,
        "county": filters.county,
        "due": filters.due,
        "sort": filters.sort or BY_DUE,
        "flag": list(filters.flags),
        "label": str(filters.label or ""),
        "mine": filters.mine,
        "amount_from": typed.get("amount_from", filters.amount_from),
        "amount_to": typed.get("amount_to", filters.amount_to),
    }


def _counted(counts: Mapping[str, int], name_of, summary: Summary) -> dict[str, str]:
    """Each code with its name and count; without counts where not all were counted."""
    if summary.capped:
        return {code: str(name_of(code)) for code in sorted(counts) if code}
    return {code: f"{name_of(code)} ({count})" for code, count in sorted(counts.items()) if code}


def stage_options(summary: Summary, labels: Labels, scheme: str) -> dict[str, str]:
    """The stages among the items, of one scheme or of all; one code may have several names then."""
    names: dict[str, list[str]] = {}
    for of_scheme, stage in sorted(summary.stages):
        if scheme in ("", of_scheme):
            names.setdefault(stage, []).append(labels.stage(stage, scheme=of_scheme))
    return {stage: " / ".join(dict.fromkeys(found)) for stage, found in names.items()}
