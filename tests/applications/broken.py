"""A row that the database must refuse: a true one, and what makes it untrue."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Broken:
    """A true row, and what makes it untrue. `anew`: in a second row; otherwise the row itself is written over."""

    row: Callable[[], Model]
    changes: dict[str, Any] = field(default_factory=dict)
    anew: bool = False

    def force(self) -> None:
        """Write it past every manager."""
        row = self.row()
        rows = QuerySet(type(row))
        if not self.anew:
            rows.filter(pk=row.pk).update(**self.changes)
            return
        row.pk = None
        for name, value in self.changes.items():
            setattr(row, name, value)
        rows.bulk_create([row])
