"""Very many rows, copied from one by the database itself: whatever columns a model has, those not named stay alike."""

from datetime import datetime
from typing import Any

from django.db import connection, models

INSERT = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
INSERT INTO {table} ({columns})
SELECT {values} FROM numbers, {table} AS template WHERE template.{key} = %s
"""


def copy(model: type[models.Model], template: Any, count: int, **values: str) -> None:
    """Add `count` rows like the one whose key is `template`. `values`: SQL for columns, in which `n` counts from 0."""
    fields = model._meta.concrete_fields
    columns = [field.column for field in fields]
    unknown = set(values) - set(columns)
    if unknown:
        raise ValueError(f"{model.__name__} has no column {sorted(unknown)}")
    taken = [values.get(column, f'template."{column}"').replace("%", "%%") for column in columns]
    sql = INSERT.format(
        table=f'"{model._meta.db_table}"',
        columns=", ".join(f'"{column}"' for column in columns),
        values=", ".join(taken),
        key=f'"{model._meta.pk.column}"',
    )
    stored = model._meta.pk.get_db_prep_value(template, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [count - 1, stored])


def moment(at: datetime, seconds: str) -> str:
    """SQL for the time so many seconds after `at`; `seconds` is SQL for a whole number."""
    if connection.vendor == "postgresql":
        return f"(TIMESTAMPTZ '{at.isoformat()}' + ({seconds}) * INTERVAL '1 second')"
    start = connection.ops.adapt_datetimefield_value(at)
    return f"strftime('%Y-%m-%d %H:%M:%f', '{start}', ({seconds}) || ' seconds')"


def text(sql: str) -> str:
    """SQL for a value as text."""
    return f"CAST({sql} AS TEXT)"


def nothing(what: str) -> str:
    """SQL for an empty value of a kind: bytes or json."""
    postgres = {"bytes": "''::bytea", "json": "'{}'::jsonb"}
    return postgres[what] if connection.vendor == "postgresql" else {"bytes": "x''", "json": "'{}'"}[what]


def serial_uuid(kind: int, number: str) -> str:
    """SQL for a UUID that counts; `kind` keeps several series apart."""
    if connection.vendor == "postgresql":
        return f"('{kind:08d}-0000-4000-8000-' || lpad(({number})::text, 12, '0'))::uuid"
    return f"'{kind:08d}000040008000' || printf('%012d', {number})"
