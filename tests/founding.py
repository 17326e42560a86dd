"""A second test database that holds what `make setup` loads, made once a worker when a test first asks for it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection

from tests import baseline

ENDING = "_founded"
LOADERS = (("load_divisions",), ("load_calendar", "--assumed"), ("load_catalogue",))
_made: set[str] = set()


@contextmanager
def founded() -> Iterator[None]:
    """Inside the block the default connection, in every thread, leads to the founded database."""
    empty = str(connection.settings_dict["NAME"])
    name = f"{empty}{ENDING}"
    connection.close()
    if name not in _made:
        _clone(empty, name)
    connection.settings_dict["NAME"] = name
    try:
        if name not in _made:
            _load()
            _made.add(name)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = empty


def _clone(empty: str, name: str) -> None:
    if connection.vendor == "sqlite":
        shutil.copyfile(empty, name)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')


def _load() -> None:
    for command, *arguments in LOADERS:
        call_command(command, *arguments, stdout=StringIO())
    baseline.remember()
