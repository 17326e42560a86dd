"""Jobs of the clock: one case that cannot be done holds up no other, and is not passed over in silence."""

import pytest

from applications import each
from applications.each import done_for_each, done_for_many


def test_it_counts_what_was_done():
    assert done_for_each([1, 0, 3], bool) == 2


def test_the_others_are_done_and_the_failure_is_raised():
    tried = []

    def act(number):
        tried.append(number)
        return 1 / number > 0

    with pytest.raises(ZeroDivisionError):
        done_for_each([1, 0, 2], act)
    assert tried == [1, 0, 2]


def test_when_everything_fails_the_first_twenty_are_told_with_their_trace_and_the_others_by_name(monkeypatch):
    def act(key):
        raise RuntimeError(f"no {key}")

    traced = []
    monkeypatch.setattr(each.log, "error", lambda *said, exc_info: traced.append(bool(exc_info)))

    with pytest.raises(RuntimeError, match="no 0"):
        done_for_each(range(25), act)
    assert traced == [True] * 20 + [False] * 5


def test_a_chunk_that_cannot_be_done_at_once_is_done_one_by_one_and_holds_up_no_other_chunk():
    def at_once(keys):
        if 2 in keys:
            raise RuntimeError("together")
        return len(keys)

    def act(key):
        if key == 2:
            raise RuntimeError("alone")
        done.append(key)
        return True

    done: list[int] = []
    with pytest.raises(RuntimeError, match="alone"):
        done_for_many([[1, 2, 3], [4, 5]], at_once, act)
    assert done == [1, 3]
