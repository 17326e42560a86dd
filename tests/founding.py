"""Test databases that are not empty, each made once a worker when a test first needs it.

`founded` holds what `make setup` loads; `peopled` is the world of world.py, offices and accounts besides.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import call_command
from django.db import connection

from tests import baseline
from workflows import engine

# What is loaded was published before anything a test does, whatever the day the tests are run on.
FOUNDED = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_made: set[str] = set()
_last = [""]
LEFT_BEHIND = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@contextmanager
def database(kind: str) -> Iterator[None]:
    """Inside the block the default connection, in every thread, leads to the database of that kind."""
    empty = str(connection.settings_dict["NAME"])
    name = f"{empty}_{kind}"
    connection.close()
    if name not in _made:
        founded = f"{empty}_founded"
        _clone(founded if founded in _made else empty, name)
    connection.settings_dict["NAME"] = name
    _forget_the_other(name)
    try:
        if name not in _made:
            with time_machine.travel(FOUNDED):
                FILL[kind]()
            baseline.remember()
            _made.add(name)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = empty


def _forget_the_other(name: str) -> None:
    """A process serves one database and remembers versions by number; here the same number is another's version."""
    if _last != [name]:
        engine._definition.cache_clear()
        _last[:] = [name]


def _clone(empty: str, name: str) -> None:
    if connection.vendor == "sqlite":
        shutil.copyfile(empty, name)
        return
    with connection._nodb_cursor() as cursor:
        # A thread of an earlier test may have left its session behind; a database in use cannot be copied.
        cursor.execute(LEFT_BEHIND, [empty])
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')


def _found() -> None:
    call_command("load_divisions", verbosity=0)
    call_command("load_calendar", assumed=True, verbosity=0)
    call_command("load_catalogue", verbosity=0)


def _people() -> None:
    from tests import world  # the whole house: loaded only where a test needs it

    world.prepare()


FILL = {"founded": _found, "peopled": _people}
