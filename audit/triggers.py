"""Append-only tables: triggers refuse UPDATE, DELETE, TRUNCATE and SQLite's REPLACE.

Rooms register their tables when they are loaded; `post_migrate` (re)installs the triggers,
because on SQLite altering a table silently drops them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

_protected: dict[str, tuple[str, ...]] = {}

FUNCTION = """CREATE OR REPLACE FUNCTION zhida_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""


def protect(table: str, *identities: str) -> None:
    """Make a table append-only. Each identity is a comma-separated set of unique columns."""
    _protected[table] = identities or ("id",)


def protected_tables() -> list[str]:
    """The tables that must carry triggers."""
    return sorted(_protected)


def install(using: str = "default", **kwargs: object) -> None:
    """Install every trigger whose table exists; safe to repeat."""
    connection = connections[using]
    present = set(connection.introspection.table_names()) & set(_protected)
    with connection.cursor() as cursor:
        for table in sorted(present):
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Lift the triggers: for tests around a flush, and for nothing else."""
    connection = connections[using]
    present = set(connection.introspection.table_names()) & set(_protected)
    with connection.cursor() as cursor:
        for table in sorted(present):
            for name in _names(connection.vendor, table):
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """The triggers are gone inside the block and back after it."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> list[str]:
    """Triggers that should be there and are not."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    return [name for table in protected_tables() for name in _names(connection.vendor, table) if name not in found]


def _names(vendor: str, table: str) -> list[str]:
    kinds = ("update", "delete", "replace") if vendor == "sqlite" else ("row", "truncate")
    return [f"{table}_no_{kind}" for kind in kinds]


def _statements(vendor: str, table: str) -> list[str]:
    return _sqlite(table) if vendor == "sqlite" else _postgresql(table)


def _sqlite(table: str) -> list[str]:
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in identity.split(",")) + ")"
        for identity in _protected[table]
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    run = "EXECUTE FUNCTION zhida_append_only()"
    return [
        FUNCTION,
        f"CREATE OR REPLACE TRIGGER {table}_no_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
    ]
