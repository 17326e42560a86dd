"""Jobs that act on many cases, each in a transaction of its own: one case that cannot be done holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)


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
