"""The filters of the inbox: read from the address, written back into links."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.inbox import DONE, FIND, TABS, TODO, WAITING, Filters
from approvals.inbox_rows import Summary
from approvals.labels import Labels
from people.forms import FilterForm

ALL = ("", _("全部"))
LONGEST_SEARCH = 60
# What a tab can be narrowed by, where it is not everything: only what is to do can be late.
FIELDS_OF = {
    WAITING: {"q", "scheme", "stage", "county"},
    DONE: {"q", "scheme", "stage", "county"},
    FIND: {"q"},
}


def read_filters(data: Mapping[str, str]) -> Filters:
    """The filters an address carries; what is not understood narrows nothing."""
    tab = data.get("tab", TODO)
    return Filters(
        tab=tab if tab in TABS else TODO,
        scheme=data.get("scheme", ""),
        stage=data.get("stage", ""),
        county=data.get("county", ""),
        overdue=data.get("overdue") == "on",
        search=data.get("q", "").strip()[:LONGEST_SEARCH],
    )


def query_of(filters: Filters, **more: object) -> str:
    """The filters as the query of a link, with a leading question mark; "" where nothing is filtered."""
    parts = {
        "tab": "" if filters.tab == TODO else filters.tab,
        "scheme": filters.scheme,
        "stage": filters.stage,
        "county": filters.county,
        "overdue": "on" if filters.overdue else "",
        "q": filters.search,
        **more,
    }
    encoded = urlencode({name: value for name, value in parts.items() if value})
    return f"?{encoded}" if encoded else ""


class InboxFilters(FilterForm):
    """Search and filters above the list. Options are what is in the official's queues, with counts."""

    q = forms.CharField(label=_("编号、姓名或单位"), required=False, max_length=LONGEST_SEARCH)
    scheme = forms.ChoiceField(label=_("事项"), required=False)
    stage = forms.ChoiceField(label=_("环节"), required=False)
    county = forms.ChoiceField(label=_("县市区"), required=False)
    overdue = forms.BooleanField(label=_("只看逾期"), required=False)

    def __init__(self, filters: Filters, summary: Summary, labels: Labels, counties: Mapping[str, str]) -> None:
        super().__init__(initial={**vars(filters), "q": filters.search})
        self.fields["q"].widget.attrs |= {"type": "search", "autocomplete": "off", "class": "zd-input--search"}
        self._offer("scheme", filters.scheme, _counted(summary.schemes, labels.title))
        self._offer("stage", filters.stage, stage_options(summary, labels, filters.scheme))
        self._offer("county", filters.county, _counted(summary.counties, lambda code: counties.get(code, code)))
        for name in set(self.fields) - FIELDS_OF.get(filters.tab, set(self.fields)):
            del self.fields[name]

    def _offer(self, name: str, chosen: str, options: dict[str, str | Promise]) -> None:
        """Offer the options; a filter that leaves no choice is not shown."""
        if len(options) < 2 and not chosen:
            del self.fields[name]
            return
        options.setdefault(chosen, chosen)
        self.fields[name].choices = [ALL, *((code, label) for code, label in options.items() if code)]


def _counted(counts: Mapping[str, int], name_of) -> dict[str, str]:
    return {code: f"{name_of(code)} ({count})" for code, count in sorted(counts.items()) if code}


def stage_options(summary: Summary, labels: Labels, scheme: str) -> dict[str, str]:
    """The stages among the items, of one scheme or of all; one code may have several names then."""
    names: dict[str, list[str]] = {}
    for of_scheme, stage in sorted(summary.stages):
        if scheme in ("", of_scheme):
            names.setdefault(stage, []).append(labels.stage(stage, scheme=of_scheme))
    return {stage: " / ".join(dict.fromkeys(found)) for stage, found in names.items()}
