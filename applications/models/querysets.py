"""Rows with a machine: what they were born as, and bulk writes that would go past it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class MachineQuerySet(models.QuerySet):
    """Refuses to write `state`, but for one lawful transition of all rows."""

    def update(self, **values: Any) -> int:
        """Refuse to write the state."""
        if "state" in values:
            raise ValidationError("a state changes through its machine only")
        return super().update(**values)

    def move(self, verb: str, **stamps: Any) -> int:
        """Pass every row that stands in the transition's source through it, in one statement; how many moved.

        `stamps`: what the transition writes besides the state. The caller compares the number with how many there
        should have been.
        """
        passages = getattr(self.model, verb)._django_fsm.transitions
        return sum(
            super(MachineQuerySet, self.filter(state=source)).update(state=passage.target, **stamps)
            for source, passage in passages.items()
        )


class GuardedQuerySet(MachineQuerySet):
    """Refuses besides rows born in another state than the first."""

    def create(self, **values: Any) -> Any:
        """Refuse to be born in another state than the first."""
        self._check_birth(values.get("state"))
        return super().create(**values)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Refuse to be born in another state than the first."""
        rows = list(objs)
        for row in rows:
            self._check_birth(row.state)
        return super().bulk_create(rows, *args, **options)

    def _check_birth(self, state: str | None) -> None:
        first = self.model._meta.get_field("state").default
        if state not in (None, first):
            raise ValidationError(f"a machine begins in the state {first}")
