"""减发 holds for a period, however many lines it has, and for what a later change settles."""

from datetime import timedelta
from decimal import Decimal

import pytest

from benefits.phase_out.facts import owed
from payouts.balance import faults
from payouts.returns import grounds
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import changed

pytestmark = pytest.mark.django_db


def capped(monkeypatch, *amounts):
    """As if the standard were so many yuan from each next change on; the supplement of 104 comes on top."""
    caps = {}

    def cap_of(stand):
        if stand.change is not None and stand.change not in caps:
            caps[stand.change] = Decimal(amounts[len(caps)])
        return caps.get(stand.change)

    monkeypatch.setattr("benefits.phase_out.months.Stand.cap", property(cap_of))


def settle(case):
    """A change of today, which counts from the next month on."""
    reported = changed.told("members", on=case.at.date())
    outcome = changed.settle(
        case, changed.report(case, reported, at=case.at + timedelta(days=1)), changed.members(case)
    )
    case.at += timedelta(days=3)
    return outcome


def reduced(case, amount):
    taken = Taken(case, "reduce", reviewer="county-reviewer", approver="county-approver")
    taken.tell(amount).state().weigh().decide()
    case.at = taken.at


def in_two_lines(monkeypatch):
    """Months of 304 and 300 yuan: lowered by a change to 304, then raised to 604 by another."""
    case = world.phase_out_granted()
    capped(monkeypatch, "200.00", "500.00")
    settle(case)
    settle(case)
    return case


def last_period(case):
    return case.application.dues.latest("payable_from").period


def test_a_month_of_several_lines_is_lowered_as_a_whole(monkeypatch):
    case = in_two_lines(monkeypatch)
    lines = case.application.dues.filter(period=last_period(case), stop__isnull=True)
    assert sorted(lines.values_list("amount", flat=True)) == [Decimal("300.00"), Decimal("304.00")]
    reduced(case, "550.00")
    assert owed(case.application)[last_period(case)] == Decimal("550.00")
    assert faults() == []


def test_below_the_first_line_nothing_is_left_of_the_second(monkeypatch):
    case = in_two_lines(monkeypatch)
    reduced(case, "104.00")
    assert owed(case.application)[last_period(case)] == Decimal("104.00")
    assert faults() == []


def test_a_change_settled_later_owes_nothing_beyond_it(monkeypatch):
    case = world.phase_out_granted()
    reduced(case, "100.00")
    capped(monkeypatch, "500.00")
    assert settle(case).added == Decimal("0.00")
    assert set(owed(case.application).values()) == {Decimal("100.00")}
    assert faults() == []


def test_a_line_that_comes_back_is_lowered_by_what_else_its_month_pays(monkeypatch):
    case = in_two_lines(monkeypatch)
    reduced(case, "550.00")
    case.application.proceedings.update(amount="350.00")
    line = case.application.dues.filter(period=last_period(case), stop__isnull=True).order_by("sequence").last()
    assert grounds.catch_up(line, None, case.at) == "lowered"
    assert owed(case.application)[last_period(case)] == Decimal("350.00")
