"""A place for very many rows that leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

NAME = "zhida_bench_scratch"


@contextmanager
def scratch() -> Iterator[None]:
    """On PostgreSQL a copy of the database, so that rows are committed and vacuumed as on a site that has run for
    years; it needs the rights of a private server's owner. On the embedded database a transaction, rolled back.
    """
    if connection.vendor == "postgresql":
        yield from _copy()
    else:
        yield from _taken_back()


def filled() -> None:
    """What a site's own upkeep does after rows were added: statistics, and dead rows cleared away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("VACUUM (ANALYZE)")
        else:
            cursor.execute("ANALYZE")


def _copy() -> Iterator[None]:
    own = connection.settings_dict["NAME"]
    _administer(f'DROP DATABASE IF EXISTS "{NAME}"', f'CREATE DATABASE "{NAME}" TEMPLATE "{own}"')
    connection.settings_dict["NAME"] = NAME
    try:
        with connection.cursor() as cursor:
            # Keys are right by construction; a million checks of them would be all the time this takes.
            cursor.execute("SET session_replication_role = replica")
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        _administer(f'DROP DATABASE "{NAME}"')


def _administer(*statements: str) -> None:
    """Statements about databases, sent from none of those they are about."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _taken_back() -> Iterator[None]:
    block = transaction.atomic()
    block._from_testcase = True  # a read event is committed by itself; here it goes with everything else
    with block:
        yield
        transaction.set_rollback(True)
