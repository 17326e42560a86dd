"""The inbox: the items of the queues an official holds, narrowed, ordered, and read in pages by key."""

from approvals.inbox.filters import Filters
from approvals.inbox.order import Cursor, read_cursor
from approvals.inbox.pages import PAGE_SIZE, Page, Row, item_ids, neighbours, page
from approvals.inbox.tabs import DONE, FIND, MINE, OVERDUE, TABS, TODO, WAITING

__all__ = [
    "DONE",
    "FIND",
    "MINE",
    "OVERDUE",
    "PAGE_SIZE",
    "TABS",
    "TODO",
    "WAITING",
    "Cursor",
    "Filters",
    "Page",
    "Row",
    "item_ids",
    "neighbours",
    "page",
    "read_cursor",
]
