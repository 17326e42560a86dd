"""What lowering leaves of what is owed, whatever the sums: what was decided, to the fen, the first come first."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from benefits import stopping

ZERO = Decimal("0.00")
yuan = st.decimals("0.01", "99999.99", places=2)
none_or_some = st.just(ZERO) | yuan


@st.composite
def owed(draw):
    """Lines of a few periods, and what was given of some of them already."""
    sums = draw(st.lists(st.tuples(st.sampled_from(["2026", "2027", "2026-12"]), yuan), min_size=1, max_size=8))
    dues = [SimpleNamespace(pk=pk, period=period, amount=amount) for pk, (period, amount) in enumerate(sums)]
    return dues, draw(st.dictionaries(st.sampled_from(["2026", "2027"]), yuan))


@given(owed(), none_or_some)
def test_a_period_comes_to_no_more_than_was_decided_and_loses_no_fen_it_may_keep(lines, amount):
    dues, given_of = lines
    kept = stopping._fitting(dues, amount, given_of)
    for period in {due.period for due in dues}:
        here = [due for due in dues if due.period == period]
        room = max(ZERO, amount - given_of.get(period, ZERO))
        assert sum(kept[due.pk] for due in here) == min(room, sum(due.amount for due in here))


@given(owed(), none_or_some)
def test_at_most_one_line_of_a_period_is_cut_and_all_after_it_are_stopped(lines, amount):
    dues, given_of = lines
    kept = stopping._fitting(dues, amount, given_of)
    for period in {due.period for due in dues}:
        here = [due for due in dues if due.period == period]
        assert all(ZERO <= kept[due.pk] <= due.amount for due in here)
        first_short = next((place for place, due in enumerate(here) if kept[due.pk] < due.amount), len(here))
        assert all(kept[due.pk] == ZERO for due in here[first_short + 1 :])
