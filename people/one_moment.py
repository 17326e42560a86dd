"""Reading many things as they stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as of its first question: what others write meanwhile is seen by none of it, or all.

    For reading only; a write inside is refused by the database. Nothing is held up. Inside a transaction that was begun
    before, it is as that one sees it; the embedded database has one writer at a time and reads as ever.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
