"""待办: the lists an official works from."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals import inbox, scope
from approvals.forms.filters import InboxFilters, SearchForm
from approvals.inbox import Filters, tabs
from approvals.inbox.address import query_of, read_filters
from approvals.inbox.columns import COLUMN_LABELS, shown
from approvals.inbox.counts import Summary, ageing_rows, county_names, summary_of
from approvals.inbox.rows import lines_of, outcomes_of
from approvals.inbox.saved import filters_of, searches_of, settings_of
from approvals.inbox.search import looks_like_id, person_hash
from approvals.labels import labels_of
from approvals.models import SavedSearch
from approvals.notes.labels import labels_of as labels_of_offices
from audit import chain
from people.access import official_required
from people.identity import IdentityError
from people.roles import DESK_ROLES
from workflows.models import Queue

SELECTABLE = frozenset({inbox.MINE, inbox.TODO, inbox.OVERDUE})


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of a list; opened without any address, the official's default search."""
    searches = searches_of(request.user)
    first = next((search for search in searches if search.is_default), None)
    filters = filters_of(first) if first and not request.GET else read_filters(request.GET)
    if looks_like_id(request.GET.get("q", "")):
        messages.warning(request, _("身份证号不能写在网址里，没有按它查找。请在“查找”框中输入。"))
        return redirect(reverse("approvals:inbox") + query_of(filters))
    return _page(request, filters, searches, SearchForm(initial={"q": filters.search}))


@official_required(*DESK_ROLES)
@never_cache
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Look for somebody. What was typed goes on as the beginning of a name or number, or, of a citizen ID, as its
    keyed hash: the ID itself stands in no address and no log.
    """
    filters, typed = read_filters(QueryDict(request.POST.get("back", ""))), request.POST.get("q", "").strip()
    form = SearchForm(request.POST)
    try:
        if not form.is_valid():
            return _refused(request, filters, form)
        person = person_hash(typed, timezone.localdate()) if looks_like_id(typed) else ""
    except IdentityError as error:
        form.add_error("q", error.message)
        return _refused(request, filters, form)
    return redirect(
        reverse("approvals:inbox") + query_of(replace(filters, search="" if person else typed, person=person))
    )


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keys that work in lists, for those who cannot or do not open the dialog."""
    return render(request, "approvals/inbox/keys.html", {"settings": settings_of(request.user)})


def _refused(request: HttpRequest, filters: Filters, form: SearchForm) -> HttpResponse:
    """The list as it was, with the box as it was filled in and what is wrong with it."""
    return _page(request, filters, searches_of(request.user), form)


def _page(
    request: HttpRequest,
    filters: Filters,
    searches: list[SavedSearch],
    search_form: SearchForm,
) -> HttpResponse:
    """The page. The read is recorded before it is sent: count and filter codes only."""
    at, settings = timezone.now(), settings_of(request.user)
    queues, cursor = scope.listed_queues(request.user, at), inbox.read_cursor(request.GET.get("cursor", ""))
    found = inbox.page(request.user, at, filters, cursor, queues=queues)
    summary = summary_of(request.user, queues, at)
    labels = labels_of((row.application.scheme_version_id for row in found.items), summary.schemes)
    outcomes = outcomes_of(found.items) if filters.tab == inbox.DONE else {}
    chain.record_read(request.user.username, "inbox.read", data={"count": len(found.items), **filters.codes()})
    form = InboxFilters(filters, request.GET, summary, labels, county_names(summary.counties), _own_labels(queues))
    columns = shown(settings.columns)
    wrong = search_form.errors or not form.is_valid()
    decides = any(queue.own for queue in queues)
    context = _addresses(filters, found, decides=decides) | {
        "tabs": _tabs(filters, summary),
        "filters": filters,
        "form": form,
        "search_form": search_form,
        "errors": _errors(search_form),
        "searches": [_saved(search, filters) for search in searches],
        "lines": lines_of(found.items, labels, outcomes, request.user, at),
        "columns": columns,
        "headings": {column: COLUMN_LABELS[column] for column in columns},
        "settings": settings,
        "summary": summary,
        "overdue_words": summary.words(summary.overdue),
        "offices": sorted({queue.office.label for queue in queues}),
        "ageing": ageing_rows(summary),
        "ageing_columns": {"label": _("期限"), "number": _("件数")},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "approvals/inbox.html", context, status=status)


def _addresses(filters: Filters, found: inbox.Page, *, decides: bool) -> dict[str, str]:
    """Where the links of the page lead, and what its forms carry on; who decides nothing chooses nothing."""
    return {
        "query": query_of(filters),
        "back": query_of(filters).lstrip("?"),
        "without_search": query_of(replace(filters, search="", person="", tab_given=True)),
        "find_query": query_of(Filters(tab=inbox.FIND, search=filters.search, person=filters.person)),
        "kept_query": query_of(filters.kept),
        "bulk_url": _bulk_url() if decides and filters.tab in SELECTABLE else "",
        "previous_url": _page_url(filters, found.previous),
        "next_url": _page_url(filters, found.next),
        "overdue_url": reverse("approvals:inbox") + query_of(Filters(tab=inbox.OVERDUE)),
    }


def _errors(search_form: SearchForm) -> list[dict[str, str]]:
    return [{"message": str(entry.message), "target": entry.target} for entry in search_form.error_entries]


def _tabs(filters: Filters, summary: Summary) -> list[dict[str, Any]]:
    counts = summary.of_tabs
    return [
        {
            "label": label,
            "url": reverse("approvals:inbox") + query_of(Filters(tab=tab, tab_given=True)),
            "count": summary.words(counts[tab]) if tab in counts else None,
            "current": tab == filters.tab,
        }
        for tab, label in tabs.LABELS.items()
    ]


def _saved(search: SavedSearch, filters: Filters) -> dict[str, Any]:
    url = f"{reverse('approvals:inbox')}?{search.query}"
    return {"name": search.name, "url": url, "current": filters_of(search) == filters.kept}


def _own_labels(queues: list[Queue]) -> dict[str, str]:
    """The labels of the official's offices."""
    return {str(label.pk): label.name for label in labels_of_offices({queue.office_id for queue in queues})}


def _bulk_url() -> str:
    """Where chosen items are acted on together; "" on a site without that room."""
    try:
        return reverse("approvals:bulk")
    except NoReverseMatch:
        return ""


def _page_url(filters: Filters, cursor: inbox.Cursor | None) -> str:
    return reverse("approvals:inbox") + query_of(filters, cursor=cursor) if cursor else ""
