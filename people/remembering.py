"""What a page that only reads asks once: within one such request the same question is not put to the database again."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_known: ContextVar[dict[Hashable, object] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Answers found inside are kept until the block ends. Only for what writes nothing: acts ask under their locks."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(question: Hashable, find: Callable[[], T]) -> T:
    """The answer to a question, found now or remembered; outside of `remembering` it is always found now."""
    known = _known.get()
    if known is None:
        return find()
    if question not in known:
        known[question] = find()
    return known[question]  # type: ignore[return-value]
