"""Jobs of the clock: one case that cannot be done holds up no other, and is not passed over in silence."""

import pytest

from applications.each import done_for_each


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
