"""Append-only tables: triggers refuse UPDATE, DELETE, TRUNCATE and SQLite's REPLACE.

Rooms register their tables when they are loaded; `post_migrate` (re)installs the triggers,
because on SQLite altering a table silently drops them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

_protected: dict[str, tuple[str, ...]] = {}

BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
FUNCTION = f"CREATE OR REPLACE FUNCTION zhida_append_only() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
# tgenabled: O fires for ordinary sessions, A always; D is switched off, R fires for replication only.
ON_POSTGRESQL = """
SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND prosrc = %s
"""
ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def protect(table: str, *identities: str) -> None:
    """Make a table append-only. Each identity is a comma-separated set of unique columns."""
    _protected[table] = identities or ("id",)


def protected_tables() -> list[str]:
    """The tables that must carry triggers."""
    return sorted(_protected)


def install(using: str = "default", **kwargs: object) -> None:
    """Install every trigger whose table exists, anew; safe to repeat."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in _present(using):
            for name, statement in _wanted(connection.vendor, table).items():
                cursor.execute(_drop(connection.vendor, name, table))
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Lift the triggers: for tests around a flush, and for nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _present(using):
            for name in _wanted(connection.vendor, table):
                cursor.execute(_drop(connection.vendor, name, table))


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """The triggers are gone inside the block and back after it."""
    remove(using)
    try:
        yield
    finally:
        install(using)


@contextmanager
def rewriting(table: str, using: str = "default") -> Iterator[None]:
    """A transaction in which one table may be written over: for keyed hashes under a new key, and for nothing else.

    The triggers are back before it commits. Raises ValueError for the audit record itself, which nothing rewrites.
    """
    if table.startswith("audit_"):
        raise ValueError(f"{table} is never rewritten")
    connection = connections[using]
    wanted = _wanted(connection.vendor, table) if table in _protected else {}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in wanted:
            cursor.execute(_drop(connection.vendor, name, table))
        yield
        for statement in wanted.values():
            cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Triggers that should be there and are not, are switched off, or do something else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ON_POSTGRESQL, [BODY])
        else:
            cursor.execute(ON_SQLITE)
        found = {name: _comparable(definition) for name, definition in cursor.fetchall()}
    wanted = {name: text for table in protected_tables() for name, text in _wanted(connection.vendor, table).items()}
    return [name for name, text in wanted.items() if found.get(name) != _comparable(text)]


def _present(using: str) -> list[str]:
    return sorted(set(connections[using].introspection.table_names()) & set(_protected))


def _drop(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")


def _comparable(definition: str) -> str:
    """A definition as both the database and this file write it."""
    return " ".join(definition.replace("public.", "").replace("UPDATE OR DELETE", "DELETE OR UPDATE").split())


def _wanted(vendor: str, table: str) -> dict[str, str]:
    """Name and definition of each trigger of a table."""
    return _sqlite(table) if vendor == "sqlite" else _postgresql(table)


def _sqlite(table: str) -> dict[str, str]:
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in identity.split(",")) + ")"
        for identity in _protected[table]
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    when = {
        "update": ("UPDATE", ""),
        "delete": ("DELETE", ""),
        "replace": ("INSERT", f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"),
    }
    return {
        f"{table}_no_{kind}": f"CREATE TRIGGER {table}_no_{kind} BEFORE {event} ON {table}{condition} {refuse}"
        for kind, (event, condition) in when.items()
    }


def _postgresql(table: str) -> dict[str, str]:
    run = "EXECUTE FUNCTION zhida_append_only()"
    when = {"row": ("UPDATE OR DELETE", "ROW"), "truncate": ("TRUNCATE", "STATEMENT")}
    return {
        f"{table}_no_{kind}": f"CREATE TRIGGER {table}_no_{kind} BEFORE {event} ON {table} FOR EACH {each} {run}"
        for kind, (event, each) in when.items()
    }
