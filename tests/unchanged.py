"""A refused act leaves no trace: every row of every table that acts write is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from people.models import Division
from people.refusals import Refused
from workflows.models import CalendarDay

ROOMS = {"people", "viewflow", "workflows", "papers", "applications", "benefits", "approvals", "payouts", "audit"}
# Large tables that no act on a case writes.
LEFT_OUT = {Division, CalendarDay}


def everything() -> dict[str, list[tuple]]:
    """Every row of the tables that acts write, by model."""
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS and model not in LEFT_OUT]
    return {model._meta.label: [_comparable(row) for row in _rows(model)] for model in models}


def _rows(model: Any) -> Any:
    return model._base_manager.order_by("pk").values_list()


def _comparable(row: tuple) -> tuple:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


@contextmanager
def refused(kind: type[Refused], code: str = "") -> Iterator[Any]:
    """The block is refused, in just this way and with this code, and nothing has changed."""
    before = everything()
    with pytest.raises(kind) as caught:
        yield caught
    assert type(caught.value) is kind
    if code:
        assert caught.value.code == code
    after = everything()
    assert {label for label in after if after[label] != before[label]} == set()
