"""What must hold of the months of a phase-out whatever the figures are: leap years, year ends, both sides of a line."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemes.errors import FactsError
from schemes.facts import read_facts
from schemes.files.catalogue_files import read_schemes
from schemes.rules.household import IncomeRules, Member, is_disregarded, is_over, months_between
from schemes.rules.phase_out import household_phase_out
from schemes.rules.policy import Given, Policy
from schemes.rules.schedule import phase_out_schedule
from schemes.rules.values import WorkCost, read_value

ON = date(2026, 11, 22)
FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
days = st.dates(date(1999, 1, 1), date(2101, 12, 31))
month_counts = st.integers(1, 36)
sums = st.integers(0, 500_000).map(lambda fen: Decimal(fen) / 100)
tapers = st.lists(st.integers(0, 12_000).map(lambda parts: Decimal(parts) / 100), min_size=1, max_size=6)
year_ends = st.builds(date, st.integers(1999, 2101), st.just(12), st.integers(1, 31))
in_february = st.builds(
    lambda year, day: date(year, 2, min(day, monthrange(year, 2)[1])), st.integers(1999, 2101), st.integers(27, 29)
)


@cache
def definition():
    """The scheme as it comes with the software."""
    return next(scheme for scheme in read_schemes() if scheme.code == "dibao-phase-out")


def schedule(day, months, taper=(Decimal(100),), benefit=Decimal("626.00"), cap=None, supplement=Decimal("104.00")):
    return phase_out_schedule(day, months, taper, benefit, cap, supplement)


def rules(day, disregard=0):
    return IncomeRules(Decimal("700.00"), WorkCost("none", Decimal(0)), disregard, day)


def worker(since, wage="2600.00"):
    return Member(True, since, Decimal(wage), NOTHING, NOTHING)


def policy(**values):
    known = {
        "dibao_standard": "700.00",
        "work_cost_deduction": {"kind": "none"},
        "disregard_months": 0,
        "after_disregard_only": False,
        "cause": "any",
        "equality": "within",
        "phase_out_months": {"min": 6, "max": 12, "default": None},
        "taper": ["100"],
        "cap": "none",
    }
    read = {name: read_value(name, raw) for name, raw in (known | values).items()}
    return Policy({name: Given(value, False, "文号", "一") for name, value in read.items()})


def found(household, day=ON, months=6, **values):
    facts = {
        "household": tuple(household),
        "benefit_monthly": Decimal("626.00"),
        "supplement_monthly": Decimal("104.00"),
        "determined_on": day,
        "property_ok": True,
        "phase_out_months": months,
    }
    return household_phase_out(facts, policy(**values), ON)


@given(days | year_ends | in_february, month_counts)
def test_months_are_whole_and_consecutive_over_leap_years_and_year_ends(day, count):
    months = schedule(day, count)
    assert len(months) == count
    for month in months:
        assert month.starts_on.day == 1
        assert (month.ends_on + timedelta(days=1)).day == 1
        assert (month.starts_on.year, month.starts_on.month) == (month.ends_on.year, month.ends_on.month)
    assert all(earlier.ends_on + timedelta(days=1) == later.starts_on for earlier, later in pairwise(months))


@given(days | year_ends | in_february, month_counts)
def test_the_first_is_the_month_after_the_determination_whatever_its_day(day, count):
    assert months_between(day, schedule(day, count)[0].starts_on) == 1


@given(days)
def test_every_day_of_a_month_gives_the_same_schedule(day):
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert schedule(day.replace(day=1), 6) == schedule(day, 6) == schedule(last, 6)


@given(days, month_counts, tapers, sums, st.none() | sums, sums)
def test_each_month_is_recomputed_by_hand(day, count, taper, benefit, cap, supplement):
    for index, month in enumerate(schedule(day, count, taper, benefit, cap, supplement)):
        percent = taper[index] if index < len(taper) else taper[-1]
        exact = benefit * percent / 100
        base = (exact * 100 + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR") / 100
        assert month.amount == min(base, base if cap is None else cap) + supplement
        assert month.amount == month.amount.quantize(FEN)


@given(days, st.integers(6, 12), sums)
def test_the_sum_is_that_of_the_months(day, count, benefit):
    outcome = found([worker(None)], day, count)
    assert outcome.amount == sum(month.amount for month in outcome.schedule) == Decimal("730.00") * count


@given(days, st.tuples(st.integers(1, 36), st.integers(1, 36)).map(sorted), st.data())
def test_the_number_of_months_lies_within_the_policy(day, bounds, data):
    least, most = bounds
    default = data.draw(st.integers(least, most))
    outcome = found([worker(None)], day, None, phase_out_months={"min": least, "max": most, "default": default})
    assert least <= len(outcome.schedule) == default <= most


@given(st.tuples(st.integers(1, 36), st.integers(1, 36)).map(sorted), st.integers(1, 60))
def test_a_choice_outside_the_policy_is_refused_and_one_inside_is_the_number_of_months(bounds, chosen):
    least, most = bounds
    allowed = {"min": least, "max": most, "default": None}
    if least <= chosen <= most:
        read_facts(definition(), {"phase_out_months": chosen}, policy(phase_out_months=allowed), ON)
        assert len(found([worker(None)], months=chosen, phase_out_months=allowed).schedule) == chosen
    else:
        with pytest.raises(FactsError) as refusal:
            read_facts(definition(), {"phase_out_months": chosen}, policy(phase_out_months=allowed), ON)
        assert "phase_out_months" in refusal.value.in_language()


@given(days, month_counts, month_counts)
def test_a_phase_out_determined_in_the_last_month_of_another_follows_it_without_a_gap_or_an_overlap(day, first, second):
    one = schedule(day, first)
    two = schedule(one[-1].ends_on, second)
    assert one[-1].ends_on + timedelta(days=1) == two[0].starts_on
    assert not {month.starts_on for month in one} & {month.starts_on for month in two}


@given(days, month_counts, month_counts, st.integers(0, 80))
def test_two_phase_outs_share_a_month_exactly_when_the_second_is_determined_before_the_last_of_the_first(
    day, first, second, later
):
    one = schedule(day, first)
    again = day + timedelta(days=31 * later)
    two = schedule(again, second)
    shared = {month.starts_on for month in one} & {month.starts_on for month in two}
    assert bool(shared) == (months_between(again, one[-1].starts_on) > 0)


@given(days | year_ends | in_february, st.integers(1, 60))
def test_the_last_month_of_a_disregard_and_the_first_after_it(since, months):
    last = schedule(since, months)[months - 2].ends_on if months > 1 else since
    after = schedule(since, months)[months - 1].starts_on
    assert is_disregarded(worker(since), rules(last, months))
    assert not is_disregarded(worker(since), rules(after, months))
    assert after - timedelta(days=1) < after


@given(days, st.integers(1, 60))
def test_nothing_is_disregarded_before_the_first_day_of_work(since, months):
    assert not is_disregarded(worker(since), rules(since - timedelta(days=1), months))


@given(sums)
def test_the_standard_itself_lies_on_the_side_the_policy_says_and_a_fen_never_does(standard):
    assert is_over(standard, standard, "over")
    assert not is_over(standard, standard, "within")
    for side in ("over", "within"):
        assert is_over(standard + FEN, standard, side)
        assert not is_over(standard - FEN, standard, side)


@given(st.integers(1, 8), st.sampled_from(["within", "over"]))
def test_a_household_exactly_at_the_standard_phases_out_only_where_that_counts_as_over(members, equality):
    others = [Member(False, None, NOTHING, NOTHING, NOTHING)] * (members - 1)
    outcome = found([worker(None, f"{700 * members}.00"), *others], equality=equality)
    assert outcome.phase == ("phasing_out" if equality == "over" else "within")
