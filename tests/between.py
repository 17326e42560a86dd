"""What others write while a page is being put together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections


@contextmanager
def written_after(words: str, act: Callable[[], Any]) -> Iterator[list[str]]:
    """Once the first statement that holds these words was put to the database, somebody else acts and commits.

    The list holds that statement afterwards; empty where none was put. For tests with real transactions.
    """
    seen: list[str] = []

    def elsewhere() -> None:
        try:
            act()
        finally:
            connections.close_all()

    def watched(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not seen and words in sql:
            seen.append(sql)
            with ThreadPoolExecutor(1) as other:
                other.submit(elsewhere).result(timeout=30)
        return result

    with connection.execute_wrapper(watched):
        yield seen
