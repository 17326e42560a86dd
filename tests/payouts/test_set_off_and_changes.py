"""What was set off against a claim was given as well: no change gives it anew, and a revocation claims it too."""

from datetime import timedelta
from decimal import Decimal

import pytest

from benefits import stopping
from benefits.phase_out.facts import owed
from payouts.balance import faults
from payouts.returns import claims
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import changed
from tests.payouts.return_rows import claimed_month, pay_back

pytestmark = pytest.mark.django_db
MONTH, CAPPED = Decimal("730.00"), Decimal("604.00")


@pytest.fixture
def capped(monkeypatch):
    """As if the standard were 500 yuan when a change is settled: 604 yuan a month."""
    monkeypatch.setattr("benefits.phase_out.months.Stand.cap", property(cap_of))


def cap_of(stand):
    return Decimal("500.00") if stand.change else None


def set_off(paid_back="0.00"):
    """The last month set off against the claim of the first, after a part of the claim was paid back."""
    recovery, case = claimed_month()
    checker = world.user("finance-checker")
    if Decimal(paid_back):
        pay_back(recovery, paid_back, "票001", case.at)
    due = claims.offsettable(checker, recovery, case.at).last()
    claims.set_off(checker, recovery.pk, due.pk, "本人书面同意抵扣。", case.at)
    return case, due.period


def settle(case):
    reported = changed.told("members", on=case.at.date())
    return changed.settle(case, changed.report(case, reported, at=case.at + timedelta(days=1)), changed.members(case))


def test_a_month_set_off_is_not_owed_again_after_a_change(capped):
    case, period = set_off()
    settle(case)
    assert period not in owed(case.application)
    assert faults() == []


def test_what_was_set_off_beyond_the_new_sum_was_given_too_much(capped):
    case, _period = set_off()
    assert settle(case).overpaid == MONTH - CAPPED


def test_of_a_month_set_off_in_part_only_what_is_over_is_owed(capped):
    case, period = set_off(paid_back="130.00")
    settle(case)
    assert owed(case.application)[period] == CAPPED - Decimal("600.00")
    assert faults() == []


def test_a_revocation_claims_what_was_set_off_too():
    case, _period = set_off()
    assert stopping.money_of(case.application).recoverable == MONTH
    taken = Taken(case, "revoke", reviewer="county-reviewer", approver="county-approver")
    taken.tell(str(MONTH)).state().weigh().decide()
    assert stopping.money_of(case.application).recoverable == Decimal("0.00")
    assert faults() == []
