"""The inbox: the items of the queues an official holds, read in pages by key.

Nothing here is decrypted, so a case that cannot be read does not take the list down.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from django.db.models import Q, QuerySet

from applications.models import Application
from approvals import scope
from people.identity import IdentityError, normalise_name, normalise_organisation
from people.models import Organisation, User
from workflows.models import Queue, WorkItem

PAGE_SIZE = 25
TODO, WAITING, DONE, FIND = "todo", "waiting", "done", "find"
TABS = (TODO, WAITING, DONE, FIND)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_ORGANISATIONS = 100
MICROSECOND = timedelta(microseconds=1)
T = TypeVar("T")


@dataclass(frozen=True)
class Filters:
    """What narrows the list: codes only, except `search`, the beginning of a case number, a name or a credit code.

    `tab` is todo, waiting (for the applicant), done (by this official) or find (any case the office has seen).
    """

    tab: str = TODO
    scheme: str = ""
    stage: str = ""
    county: str = ""
    overdue: bool = False
    search: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab is chosen."""
        return bool(self.scheme or self.stage or self.county or self.overdue or self.search)

    def codes(self) -> dict[str, str | bool]:
        """What the audit trail may hold: never what was searched for, only that something was."""
        codes = {"tab": self.tab, "scheme": self.scheme, "stage": self.stage, "county": self.county}
        flags = {"overdue": self.overdue, "searched": bool(self.search)}
        return {name: value for name, value in {**codes, **flags}.items() if value}


@dataclass(frozen=True)
class Cursor:
    """A place between two items: the page lies after it, or before it when `backwards`."""

    at: datetime
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.backwards else 'a'}.{(self.at - EPOCH) // MICROSECOND}.{self.id}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor a page link carries; None for the first page and for anything that is not a cursor."""
    direction, _dot, rest = text.partition(".")
    moment, _dot, number = rest.partition(".")
    if direction not in {"a", "b"} or not (moment.isdecimal() and number.isdecimal()):
        return None
    try:
        return Cursor(EPOCH + int(moment) * MICROSECOND, int(number), direction == "b")
    except OverflowError:
        return None


@dataclass(frozen=True)
class Row:
    """One line of the list: the case, and the item it is listed for (None for a case whose route has ended)."""

    item: WorkItem | None
    application: Application


@dataclass(frozen=True)
class Page:
    """One page of the list and the cursors of its neighbours."""

    items: list[Row]
    next: Cursor | None = None
    previous: Cursor | None = None


@dataclass(frozen=True)
class Order:
    """By which time the items of a tab stand in order, and whether the latest comes first."""

    field: str
    latest_first: bool = False

    def keys(self, reverse: bool) -> tuple[str, str]:
        """The ordering of a query that reads in this order, or against it."""
        sign = "-" if self.latest_first != reverse else ""
        return f"{sign}{self.field}", f"{sign}id"

    def beyond(self, cursor: Cursor) -> Q:
        """The items on the cursor's side. The first condition lets the index find its place."""
        way = "lt" if self.latest_first != cursor.backwards else "gt"
        further = Q(**{f"{self.field}__{way}": cursor.at}) | Q(**{f"id__{way}": cursor.id})
        return Q(**{f"{self.field}__{way}e": cursor.at}) & further


BY_DUE, BY_CLOSING = Order("due_at"), Order("closed_at", latest_first=True)


def page(user: User, at: datetime, filters: Filters, cursor: Cursor | None = None, size: int = PAGE_SIZE) -> Page:
    """One page: a query for each queue, merged, and one for the cases. The most urgent, or latest done, first."""
    if filters.tab == FIND:
        return _found(user, at, filters, cursor, size)
    order = BY_CLOSING if filters.tab == DONE else BY_DUE
    queues = scope.my_queues(user, at)
    items = _read(_sources(user, queues, at, filters), order, cursor, size + 1)
    items, following, preceding = _cut(items, lambda item: Cursor(getattr(item, order.field), item.pk), cursor, size)
    return Page(_with_cases(items, queues), following, preceding)


def neighbours(user: User, at: datetime, filters: Filters, item: WorkItem) -> tuple[Row | None, Row | None]:
    """The items before and after one, in the list it was opened from."""
    if filters.tab == FIND:
        return None, None
    order = BY_CLOSING if filters.tab == DONE else BY_DUE
    moment = getattr(item, order.field)
    if moment is None:
        return None, None
    queues = scope.my_queues(user, at)
    sources = _sources(user, queues, at, filters)
    here = Cursor(moment, item.pk)
    found = [_read(sources, order, replace(here, backwards=backwards), 1) for backwards in (True, False)]
    rows = _with_cases([*found[0], *found[1]], queues)
    return (rows[0] if found[0] else None), (rows[-1] if found[1] else None)


def open_items(queues: Iterable[Queue]) -> QuerySet[WorkItem]:
    """Every open item of these queues, paused or not."""
    return WorkItem.objects.filter(queue__in=list(queues), closed_at__isnull=True)


def _sources(user: User, queues: list[Queue], at: datetime, filters: Filters) -> list[QuerySet[WorkItem]]:
    """The queries that are merged: one for each queue, or one for what the official has done."""
    items = _narrowed(WorkItem.objects.select_related("owner"), filters)
    if filters.tab == DONE:
        return [items.filter(owner=user, closed_at__isnull=False, queue__in=queues)] if queues else []
    items = items.filter(closed_at__isnull=True, paused_at__isnull=filters.tab != WAITING)
    if filters.overdue:
        items = items.filter(due_at__lt=at)
    return [items.filter(queue=queue) for queue in queues]


def _narrowed(items: QuerySet[WorkItem], filters: Filters) -> QuerySet[WorkItem]:
    columns = {"scheme": filters.scheme, "stage": filters.stage, "county_id": filters.county}
    items = items.filter(**{column: value for column, value in columns.items() if value})
    if filters.search:
        items = items.filter(case_id__in=Application.objects.filter(_searched(filters.search)).values("pk"))
    return items


def _searched(text: str) -> Q:
    """Cases whose number, organisation's code, or name of person or organisation begins with a text.

    A number and a code have Latin letters and digits only.
    """
    run = "".join(text.split()).upper()
    number = Q(number__startswith=run)
    if run.isascii() and any(letter.isdigit() for letter in run):
        return number | _of_organisations(Q(uscc__startswith=run) | Q(name__startswith=normalise_organisation(text)))
    try:
        name = Q(subject__name__startswith=normalise_name(text))
    except IdentityError:
        return Q(pk=None)
    name |= _of_organisations(Q(name__startswith=normalise_organisation(text)))
    return number | name if run.isascii() else name


def _of_organisations(found: Q) -> Q:
    """Cases of the organisations found: looked up first, so that a search for a person reads no second name."""
    keys = Organisation.objects.filter(found).order_by("name", "pk").values_list("pk", flat=True)[:MOST_ORGANISATIONS]
    return Q(organisation__in=list(keys))


def _read(sources: list[QuerySet[WorkItem]], order: Order, cursor: Cursor | None, size: int) -> list[WorkItem]:
    """The first `size` items beyond the cursor over all sources, in the order of the list."""
    backwards = cursor is not None and cursor.backwards
    beyond = order.beyond(cursor) if cursor else Q()
    parts = [source.filter(beyond).order_by(*order.keys(backwards))[:size] for source in sources]
    latest_first = order.latest_first != backwards
    items = list(islice(merge(*parts, key=attrgetter(order.field, "pk"), reverse=latest_first), size))
    return items[::-1] if backwards else items


def _with_cases(items: list[WorkItem], queues: list[Queue]) -> list[Row]:
    """The cases of the items, in one query; an item whose case is gone is left out."""
    known = {queue.pk: queue for queue in queues}
    cases = _cases().in_bulk({item.case_id for item in items})
    for item in items:
        item.queue = known[item.queue_id]
    return [Row(item, cases[item.case_id]) for item in items if item.case_id in cases]


def _cases() -> QuerySet[Application]:
    """Cases as lists need them: nothing that is encrypted."""
    return Application.objects.select_related("subject", "organisation", "division").only(
        "public_id", "number", "scheme_code", "scheme_version_id", "state", "round", "version", "submitted_at",
        "subject__name", "organisation__name", "division__name", "division__name_en",
    )  # fmt: skip


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


def _found(user: User, at: datetime, filters: Filters, cursor: Cursor | None, size: int) -> Page:
    """Cases the user may see that match the search, the latest first, each with the item that is open now."""
    if not filters.search:
        return Page([])
    backwards = cursor is not None and cursor.backwards
    cases = _cases().filter(pk__in=scope.visible_cases(user, at).filter(_searched(filters.search)).values("pk"))
    if filters.scheme:
        cases = cases.filter(scheme_code=filters.scheme)
    if cursor:
        cases = cases.filter(pk__gt=cursor.id) if backwards else cases.filter(pk__lt=cursor.id)
    read = list(cases.order_by("pk" if backwards else "-pk")[: size + 1])
    found = read[::-1] if backwards else read
    kept, following, preceding = _cut(found, lambda case: Cursor(EPOCH, case.pk), cursor, size)
    return Page(_with_open_items(kept), following, preceding)


def _with_open_items(cases: list[Application]) -> list[Row]:
    items = WorkItem.objects.filter(case_id__in=[case.pk for case in cases], closed_at__isnull=True)
    open_now = {item.case_id: item for item in items.select_related("owner", "queue__office").order_by("-pk")}
    return [Row(open_now.get(case.pk), case) for case in cases]
