"""Rows with a machine: bulk writes go through it or not at all."""

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
