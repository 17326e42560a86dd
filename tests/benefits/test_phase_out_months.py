"""Months recomputed from what was granted and what changed since, whatever the figures are; no database."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from benefits.phase_out.facts import month_after
from benefits.phase_out.judging import Effect, carried, judge
from benefits.phase_out.months import Stand, recomputed, stand_in
from schemes.rules.schedule import months_after, phase_out_schedule

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
sums = st.integers(0, 500_000).map(lambda fen: Decimal(fen) / 100)
tapers = st.lists(st.integers(0, 12_000).map(lambda parts: Decimal(parts) / 100), min_size=1, max_size=6)


def assessed(cap=None, phase="phasing_out", failed=""):
    lines = [] if cap is None else [{"code": "monthly_cap", "value": f"{cap:.2f}", "result": "info"}]
    lines += [{"code": failed, "value": "false", "result": "fail"}] if failed else []
    return {"phase": phase, "lines": lines}


def granted(day, count, taper, benefit, cap, supplement):
    return [month.as_json() for month in phase_out_schedule(day, count, taper, benefit, cap, supplement)]


@given(days)
def test_a_change_counts_from_the_month_after_over_year_ends_and_leap_years(day):
    assert month_after(day) == next(months_after(day, 1))


@given(days, st.integers(1, 36), tapers, sums, st.none() | sums, sums)
def test_without_a_change_every_month_is_what_was_granted(day, count, taper, benefit, cap, supplement):
    schedule = granted(day, count, taper, benefit, cap, supplement)
    found = recomputed(schedule, benefit, [Stand(date.fromisoformat(schedule[0]["starts_on"]), assessed(cap))])
    assert [f"{month.amount:.2f}" for month in found] == [line["amount"] for line in schedule]


@given(days, st.integers(1, 36), sums, st.integers(0, 40), st.booleans())
def test_earlier_months_never_move(day, count, benefit, later, over):
    schedule = granted(day, count, [Decimal(100)], benefit, None, Decimal("1.00"))
    first = date.fromisoformat(schedule[0]["starts_on"])
    stands = [Stand(first, assessed())]
    change = list(months_after(day, later + 1))[-1]
    after = recomputed(schedule, benefit, [*stands, Stand(change, assessed(Decimal("0.10")), 7, over)])
    before = recomputed(schedule, benefit, stands)
    for old, new in zip(before, after, strict=True):
        assert new.first == old.first
        if new.first < change:
            assert (new.amount, new.stand.change) == (old.amount, None)
        else:
            assert new.stand.change == 7
            assert new.amount == (0 if over else min(benefit, Decimal("0.10")) + 1)


@given(days, st.lists(st.integers(1, 24), max_size=5, unique=True))
def test_the_stand_of_a_month_is_the_last_that_had_begun(day, offsets):
    months = list(months_after(day, 25))
    stands = [Stand(months[0], assessed()), *(Stand(months[n], assessed(), n + 1) for n in sorted(offsets))]
    for month in months:
        found = stand_in(stands, month)
        assert found.first <= month
        assert all(stand.first > month for stand in stands[stands.index(found) + 1 :])


PHASES = st.sampled_from(["within", "disregarding", "phasing_out"])


@given(PHASES, st.booleans(), st.booleans(), st.booleans())
def test_whoever_moved_away_has_none_and_whoever_is_within_is_in_benefit(phase, here, same_sums, headless):
    found = judge("income", assessed(phase=phase), here=here, same_sums=same_sums, headless=headless)
    if not here:
        assert (found.effect, found.reason) == (Effect.TERMINATED, "move")
    elif phase != "phasing_out":
        assert found.effect == Effect.REVERTED
    elif headless:
        assert (found.effect, found.reason) == (Effect.TERMINATED, "head_left")
    else:
        assert found.effect == (Effect.NONE if same_sums else Effect.ADJUSTED)
    assert bool(found.reason) == (found.effect in {Effect.REVERTED, Effect.TERMINATED})


def test_why_it_ends_is_named_by_the_line_that_fails():
    for failed, reason in (
        ("property", "property"),
        ("no_disabled_worker", "no_worker"),
        ("other_income", "other_income"),
    ):
        found = judge("income", assessed(phase="stopped", failed=failed), here=True, same_sums=False)
        assert (found.effect, found.reason) == (Effect.TERMINATED, reason)


def test_without_a_phase_nothing_is_judged():
    assert judge("income", assessed(phase=None), here=True, same_sums=True) is None


@given(days, days)
def test_a_job_is_counted_from_the_first_day_known(one, other):
    before = [{"id_number": "1", "employed_since": one.isoformat()}]
    now = [{"id_number": "1", "employed_since": other.isoformat()}, {"id_number": "2", "employed_since": None}]
    assert [member["employed_since"] for member in carried(before, now)] == [min(one, other).isoformat(), None]
