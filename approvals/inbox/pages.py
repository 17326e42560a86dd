"""Pages of the lists: a query for each queue, merged, and one for the cases.

Nothing here is decrypted, so a case that cannot be read does not take the list down.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TypeVar

from django.db.models import Q, QuerySet

from applications.models import Application
from approvals import scope
from approvals.inbox.case_lists import cases_of
from approvals.inbox.filters import Filters
from approvals.inbox.listed import Item, Listed, columns
from approvals.inbox.order import Cursor, Order, order_of
from approvals.inbox.sources import sources
from approvals.inbox.tabs import DONE, ITEM_TABS
from people.models import User
from workflows.models import Queue, WorkItem

PAGE_SIZE = 25
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One line of the list: the case, and the item it is listed for (None for a case whose route has ended).

    Both are the columns that lists show, in no way the whole rows.
    """

    item: Item | None
    application: Listed


@dataclass(frozen=True)
class Page:
    """One page of the list and the cursors of its neighbours."""

    items: list[Row]
    next: Cursor | None = None
    previous: Cursor | None = None


def page(
    user: User,
    at: datetime,
    filters: Filters,
    cursor: Cursor | None = None,
    size: int = PAGE_SIZE,
    *,
    queues: list[Queue] | None = None,
) -> Page:
    """One page of a list, in its order: by default the most urgent, of what is done the latest, first.

    `queues`: what scope.listed_queues said, where the caller has asked already.
    """
    if filters.tab not in ITEM_TABS:
        return _of_cases(user, at, filters, cursor, size)
    order = order_of(filters.sort, done=filters.tab == DONE)
    queues = scope.listed_queues(user, at) if queues is None else queues
    items = _read(sources(user, queues, at, filters), order, cursor, size + 1)
    items, following, preceding = _cut(items, order.place, cursor, size)
    return Page(_with_cases(items), following, preceding)


def neighbours(user: User, at: datetime, filters: Filters, item: WorkItem) -> tuple[Row | None, Row | None]:
    """The items before and after one, in the list it was opened from."""
    order = order_of(filters.sort, done=filters.tab == DONE)
    if filters.tab not in ITEM_TABS or order.value(item) is None:
        return None, None
    found, here = sources(user, scope.listed_queues(user, at), at, filters), order.place(item)
    parts = [_read(found, order, replace(here, backwards=backwards), 1) for backwards in (True, False)]
    rows = _with_cases([*parts[0], *parts[1]])
    return (rows[0] if parts[0] else None), (rows[-1] if parts[1] else None)


def item_ids(user: User, at: datetime, filters: Filters, most: int) -> list[int]:
    """The items of a list that the user may take, in its order, at most so many: what acting on all of it means."""
    order = order_of(filters.sort, done=filters.tab == DONE)
    found = sources(user, scope.my_queues(user, at), at, filters) if filters.tab in ITEM_TABS else []
    return [item.pk for item in _read(found, order, None, most)]


def _read(found: list[QuerySet[WorkItem]], order: Order, cursor: Cursor | None, size: int) -> list[Item]:
    """The first `size` items beyond the cursor over all sources, in the order of the list."""
    backwards = cursor is not None and cursor.backwards
    beyond = order.beyond(cursor) if cursor else Q()
    ordered = [order.of(items).filter(beyond).order_by(*order.keys(backwards))[:size] for items in found]
    parts = [columns(Item, items) for items in ordered]
    items = list(islice(merge(*parts, key=order.key, reverse=order.highest_first != backwards), size))
    return items[::-1] if backwards else items


def _with_cases(items: list[Item]) -> list[Row]:
    """The cases of the items, in one query; an item whose case is gone is left out."""
    found = columns(Listed, Application.objects.filter(pk__in={item.case_id for item in items}))
    cases = {case.pk: case for case in found}
    return [Row(item, cases[item.case_id]) for item in items if item.case_id in cases]


def _cut(
    found: list[T], place_of: Callable[[T], Cursor], cursor: Cursor | None, size: int
) -> tuple[list[T], Cursor | None, Cursor | None]:
    """What was read one too long, cut to size, and the cursors of the next and the previous page, if any."""
    backwards = cursor is not None and cursor.backwards
    more = len(found) > size
    kept = found[-size:] if backwards else found[:size]
    if not kept:
        return [], None, None
    has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
    following = place_of(kept[-1]) if has_next else None
    return kept, following, replace(place_of(kept[0]), backwards=True) if has_previous else None


def _of_cases(user: User, at: datetime, filters: Filters, cursor: Cursor | None, size: int) -> Page:
    """A list of cases, the latest first, each with the item that is open now."""
    backwards = cursor is not None and cursor.backwards
    cases = cases_of(user, at, filters)
    if cursor:
        cases = cases.filter(pk__gt=cursor.id) if backwards else cases.filter(pk__lt=cursor.id)
    read = columns(Listed, cases.order_by("pk" if backwards else "-pk")[: size + 1])
    found = read[::-1] if backwards else read
    kept, following, preceding = _cut(found, lambda case: Cursor(0, case.pk), cursor, size)
    return Page(_with_open_items(kept), following, preceding)


def _with_open_items(cases: list[Listed]) -> list[Row]:
    items = WorkItem.objects.filter(case_id__in=[case.pk for case in cases], closed_at__isnull=True)
    open_now = {item.case_id: item for item in columns(Item, items.order_by("-pk"))}
    return [Row(open_now.get(case.pk), case) for case in cases]
