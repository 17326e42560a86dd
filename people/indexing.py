"""Keyed hashes computed anew, after VAULT_INDEX_KEY was changed. Each room names its own columns in a module `indexed`.

While two keys are mixed, equal numbers are not found and the same person could be recorded twice: the site is stopped
until everything is indexed anew (docs/operations.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from audit import triggers
from people import vault

CHUNK = 500


@dataclass(frozen=True)
class Column:
    """A column of keyed hashes: its rows, its name, and what it should hold for one of them under the present key.

    `index_of` may raise a VaultError where the row is erased or damaged: such a row keeps what it has.
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


def stale(column: Column) -> int:
    """How many rows of a column hold something else than the present key gives."""
    return sum(len(changes) for changes in _changes(column))


def reindex(column: Column) -> int:
    """Compute a column anew, a chunk a transaction; how many rows changed. Repeating it changes nothing more."""
    changed = 0
    for changes in _changes(column):
        with triggers.rewriting(column.model._meta.db_table):
            for pk, index in changes.items():
                column.model._base_manager.filter(pk=pk).update(**{column.name: index})
        changed += len(changes)
    return changed


def _changes(column: Column) -> Iterator[dict[Any, str]]:
    """What should be written, by row, a chunk at a time."""
    last: Any = None
    while True:
        rows = column.rows().order_by("pk")
        found = list((rows if last is None else rows.filter(pk__gt=last))[:CHUNK])
        if not found:
            return
        last = found[-1].pk
        wanted = {row.pk: _wanted(column, row) for row in found}
        yield {row.pk: wanted[row.pk] for row in found if wanted[row.pk] != getattr(row, column.name)}


def _wanted(column: Column, row: Any) -> str:
    try:
        return column.index_of(row)
    except vault.VaultError:
        return getattr(row, column.name)
