"""Keyed hashes computed anew, after VAULT_INDEX_KEY was changed. Each room names its own columns in a module `indexed`.

While two keys are mixed, equal numbers are not found and the same person could be recorded twice: the site is stopped
until everything is indexed anew (docs/operations.md).
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from audit import triggers
from people import vault
from people.refusals import Refused

log = logging.getLogger(__name__)
Tell = Callable[[str], object]
CHUNK = 500
# What reading a damaged text, or a file that is damaged or gone, ends in. Faults of the settings are none of these.
DAMAGED = (vault.Undecipherable, OSError, ValueError, TypeError, LookupError, AttributeError, Refused)


@dataclass(frozen=True)
class Column:
    """A column of keyed hashes: its rows, its name, and what it should hold for one of them under the present key.

    `index_of` raises KeyDestroyed where the row is erased, and whatever comes of it where it is damaged: such a row
    keeps what it has.
    """

    rows: Callable[[], QuerySet[Any]]
    name: str
    index_of: Callable[[Any], str]

    @property
    def model(self) -> type[Model]:
        """Where the column is."""
        return self.rows().model

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.name}"


_columns: list[Column] = []


def register(*columns: Column) -> None:
    """Name columns that must be computed anew under a new key."""
    _columns.extend(columns)


def columns() -> list[Column]:
    """All of them, of every room."""
    autodiscover_modules("indexed")
    return list(_columns)


def stale(column: Column, tell: Tell = log.error) -> int:
    """How many rows of a column hold something else than the present key gives; `tell` hears of those damaged."""
    return sum(len(changes) for changes in _changes(column, tell))


def reindex(column: Column, tell: Tell = log.error) -> int:
    """Compute a column anew, a chunk a transaction; how many rows changed. Repeating it changes nothing more.

    `tell` hears of each row that is damaged: it keeps what it has, and the others go on.
    """
    changed = 0
    for changes in _changes(column, tell):
        with triggers.rewriting(column.model._meta.db_table):
            for pk, index in changes.items():
                column.model._base_manager.filter(pk=pk).update(**{column.name: index})
        changed += len(changes)
    return changed


def _changes(column: Column, tell: Tell) -> Iterator[dict[Any, str]]:
    """What should be written, by row, a chunk at a time."""
    last: Any = None
    while True:
        rows = column.rows().order_by("pk")
        found = list((rows if last is None else rows.filter(pk__gt=last))[:CHUNK])
        if not found:
            return
        last = found[-1].pk
        wanted = {row.pk: _wanted(column, row, tell) for row in found}
        yield {row.pk: wanted[row.pk] for row in found if wanted[row.pk] != getattr(row, column.name)}


def _wanted(column: Column, row: Any, tell: Tell) -> str:
    try:
        return _index_of(column, row)
    except vault.KeyDestroyed:
        return getattr(row, column.name)
    except vault.Undecipherable as damage:
        tell(str(damage))
        return getattr(row, column.name)


def _index_of(column: Column, row: Any) -> str:
    """What a row should hold. Raises KeyDestroyed, or Undecipherable naming the row; never what stands in it."""
    try:
        return column.index_of(row)
    except DAMAGED as error:
        where = f"{column}, row {row.pk}: it cannot be read ({type(error).__name__}) and keeps the index it has"
        raise vault.Undecipherable(where) from error
