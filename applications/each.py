"""Jobs that act on many cases, each in a transaction of its own: one case that cannot be done holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)

# When everything fails for one reason, some traces tell it; a trace of each would bury it and fill the disk.
TRACED = 20


class Failures:
    """What went wrong in one run: the first is kept, to be raised; keeping all would keep what each of them held."""

    def __init__(self) -> None:
        self.count = 0
        self.first: Exception | None = None

    def note(self, failure: Exception, key: Any) -> None:
        """Log what went wrong with one."""
        self.first = self.first or failure
        self.count += 1
        log.error("%s could not be done by the clock", key, exc_info=failure if self.count <= TRACED else None)

    def end(self) -> None:
        """Raise the first, when there is one."""
        if self.first is not None:
            raise self.first


def done_for_many(
    chunks: Iterable[list[Any]], act_on_all: Callable[[list[Any]], int], act: Callable[[Any], bool]
) -> int:
    """How many were done: a chunk in one transaction, a chunk of one by `act`. A chunk that fails is done one by one.

    All are tried; then the first failure is raised, to be seen.
    """
    failures = Failures()
    count = sum(_done(chunk, act_on_all, act, failures) for chunk in chunks)
    failures.end()
    return count


def done_for_each(keys: Iterable[Any], act: Callable[[Any], bool]) -> int:
    """How many of these `act` did something for. All are tried; then the first failure is raised, to be seen."""
    failures = Failures()
    count = _each(keys, act, failures)
    failures.end()
    return count


def _done(
    chunk: list[Any], act_on_all: Callable[[list[Any]], int], act: Callable[[Any], bool], failures: Failures
) -> int:
    if len(chunk) > 1:
        try:
            return act_on_all(chunk)
        except Exception:
            log.exception("%s cases at once could not be done by the clock; they are done one by one", len(chunk))
    return _each(chunk, act, failures)


def _each(keys: Iterable[Any], act: Callable[[Any], bool], failures: Failures) -> int:
    count = 0
    for key in keys:
        try:
            count += act(key)
        except Exception as failure:  # noqa: BLE001 - noted with its trace, and the first is raised at the end
            failures.note(failure, key)
    return count
