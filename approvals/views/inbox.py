"""待办: the list an official works from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals import inbox, scope
from approvals.forms.filters import InboxFilters, query_of, read_filters
from approvals.inbox import Filters
from approvals.inbox_rows import Summary, ageing_rows, county_names, lines_of, outcomes_of, summary_of
from approvals.labels import labels_of
from audit import chain
from people.access import official_required
from people.roles import CASE_ROLES

TAB_LABELS = {
    inbox.TODO: _("待办"),
    inbox.WAITING: _("待申请人补正"),
    inbox.DONE: _("已办"),
    inbox.FIND: _("查找"),
}


@official_required(*CASE_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of the list. The read is recorded before the page is sent: count and filter codes only."""
    at, filters = timezone.now(), read_filters(request.GET)
    found = inbox.page(request.user, at, filters, inbox.read_cursor(request.GET.get("cursor", "")))
    queues = scope.my_queues(request.user, at)
    summary = summary_of(queues, at)
    labels = labels_of((row.application.scheme_version_id for row in found.items), summary.schemes)
    outcomes = outcomes_of(found.items) if filters.tab == inbox.DONE else {}
    chain.record_read(request.user.username, "inbox.read", data={"count": len(found.items), **filters.codes()})
    context = {
        "tabs": _tabs(filters, summary),
        "filters": filters,
        "form": InboxFilters(filters, summary, labels, county_names(summary.counties)),
        "lines": lines_of(found.items, labels, outcomes, request.user, at),
        "summary": summary,
        "offices": sorted({queue.office.label for queue in queues}),
        "query": query_of(filters),
        "previous_url": _page_url(filters, found.previous),
        "next_url": _page_url(filters, found.next),
        "ageing": ageing_rows(summary),
        "ageing_columns": {"label": _("期限"), "number": _("件数")},
        "overdue_url": reverse("approvals:inbox") + query_of(Filters(overdue=True)),
    }
    return render(request, "approvals/inbox.html", context)


def _tabs(filters: Filters, summary: Summary) -> list[dict]:
    counts = {inbox.TODO: summary.todo, inbox.WAITING: summary.waiting}
    return [
        {
            "label": label,
            "url": reverse("approvals:inbox") + query_of(Filters(tab=tab)),
            "count": counts.get(tab),
            "current": tab == filters.tab,
        }
        for tab, label in TAB_LABELS.items()
    ]


def _page_url(filters: Filters, cursor: inbox.Cursor | None) -> str:
    return reverse("approvals:inbox") + query_of(filters, cursor=cursor) if cursor else ""
