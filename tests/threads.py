"""Real threads on real row locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def race(*actions: Callable[[], Any]) -> list[Any]:
    """Release all actions at once; each result, or the exception it raised, in the order given."""
    gate = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=10)
            return action()
        except Exception as error:  # noqa: BLE001 - the loser's error is the result under test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
