"""In which order a list stands, and a place in it: pages go by key, never by counting lines."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from approvals.inbox.listed import Item
from workflows.models import WorkItem
from workflows.models.queues import NO_AMOUNT, SUM

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND, FEN = timedelta(microseconds=1), Decimal("0.01")
CURSOR = re.compile(r"([ab])\.(-?[0-9]{1,18})\.([0-9]{1,18})")
BY_DUE = "due"


@dataclass(frozen=True)
class Cursor:
    """A place between two lines: the page lies after it, or before it when `backwards`.

    `place` is where the line stands in the order: microseconds since 1970, or fen. Equal places are told apart by id.
    """

    place: int
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.backwards else 'a'}.{self.place}.{self.id}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor a page link carries; None for the first page and for anything that is not a cursor."""
    found = CURSOR.fullmatch(text) if text.isascii() else None
    if found is None:
        return None
    direction, place, number = found.groups()
    return Cursor(int(place), int(number), direction == "b")


@dataclass(frozen=True)
class Order:
    """By which value of an item a list is ordered, and whether the highest comes first; then by id, the same way."""

    field: str
    highest_first: bool = False

    def of(self, items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
        """The items with the value they are ordered by."""
        return items.annotate(sum=SUM) if self.field == "sum" else items

    def value(self, item: WorkItem | Item) -> Any:
        """What an item is ordered by; None when it is not in such a list at all."""
        if self.field == "sum":
            return NO_AMOUNT if item.amount is None else item.amount
        return getattr(item, self.field)

    def key(self, item: WorkItem | Item) -> tuple[Any, int]:
        """What the items of several queries are merged by."""
        return self.value(item), item.pk

    def place(self, item: WorkItem | Item) -> Cursor:
        """The place just after an item."""
        value = self.value(item)
        return Cursor(int(value / FEN) if self.field == "sum" else (value - EPOCH) // MICROSECOND, item.pk)

    def keys(self, reverse: bool) -> tuple[str, str]:
        """The ordering of a query that reads in this order, or against it."""
        sign = "-" if self.highest_first != reverse else ""
        return f"{sign}{self.field}", f"{sign}id"

    def beyond(self, cursor: Cursor) -> Q:
        """The items on the cursor's side. The first condition lets the index find its place."""
        value = self._value_at(cursor.place)
        if value is None:
            return Q()
        way = "lt" if self.highest_first != cursor.backwards else "gt"
        further = Q(**{f"{self.field}__{way}": value}) | Q(**{f"id__{way}": cursor.id})
        return Q(**{f"{self.field}__{way}e": value}) & further

    def _value_at(self, place: int) -> Any:
        """The value a place stands for; None for one no item can have."""
        try:
            return place * FEN if self.field == "sum" else EPOCH + place * MICROSECOND
        except OverflowError:
            return None


ORDERS = {
    BY_DUE: Order("due_at"),
    "-due": Order("due_at", highest_first=True),
    "arrived": Order("opened_at"),
    "-arrived": Order("opened_at", highest_first=True),
    "-amount": Order("sum", highest_first=True),
    "amount": Order("sum"),
}
ORDER_LABELS = {
    BY_DUE: _("先到期的在前"),
    "-due": _("后到期的在前"),
    "arrived": _("先到件的在前"),
    "-arrived": _("后到件的在前"),
    "-amount": _("金额从高到低"),
    "amount": _("金额从低到高"),
}
BY_CLOSING = Order("closed_at", highest_first=True)


def order_of(sort: str, *, done: bool = False) -> Order:
    """The order of a list; what is done always stands latest first."""
    return BY_CLOSING if done else ORDERS.get(sort, ORDERS[BY_DUE])
