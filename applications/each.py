"""Jobs that act on many cases, each in a transaction of its own: one case that cannot be done holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)


def done_for_many(
    chunks: Iterable[list[Any]], act_on_all: Callable[[list[Any]], int], act: Callable[[Any], bool]
) -> int:
    """How many were done: a chunk in one transaction, a chunk of one by `act`. A chunk that fails is done one by one.

    All are tried; then the first failure is raised, to be seen.
    """
    count, failures = 0, []
    for chunk in chunks:
        try:
            count += _done(chunk, act_on_all, act)
        except Exception as failure:  # noqa: BLE001 - what failed is logged where it failed, and raised at the end
            failures.append(failure)
    if failures:
        raise failures[0]
    return count


def _done(chunk: list[Any], act_on_all: Callable[[list[Any]], int], act: Callable[[Any], bool]) -> int:
    if len(chunk) > 1:
        try:
            return act_on_all(chunk)
        except Exception:
            log.exception("%s cases at once could not be done by the clock; they are done one by one", len(chunk))
    return done_for_each(chunk, act)


def done_for_each(keys: Iterable[Any], act: Callable[[Any], bool]) -> int:
    """How many of these `act` did something for. All are tried; then the first failure is raised, to be seen."""
    count, failures = 0, []
    for key in keys:
        try:
            count += act(key)
        except Exception as failure:
            log.exception("%s could not be done by the clock", key)
            failures.append(failure)
    if failures:
        raise failures[0]
    return count
