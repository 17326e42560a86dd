"""Money that comes back after its phase-out changed: owed as its month is now, and taken off what was claimed of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from benefits.models import Recovery
from benefits.phase_out.facts import owed
from payouts.balance import faults
from payouts.models import ReturnResult
from payouts.returns import disputes
from project.demo import money
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import changed
from tests.payouts.returned import after, row, told

pytestmark = pytest.mark.django_db
CAPPED = Decimal("604.00")


def sent():
    """A phase-out whose first month is with the bank."""
    case = world.phase_out_granted()
    first = case.application.dues.earliest("payable_from")
    at = case.at.replace(year=first.payable_from.year, month=first.payable_from.month, day=2)
    batch = money.pay({name: world.user(name) for name in ("finance-maker", "finance-checker")}, "dibao-phase-out", at)
    return case, batch, first


def settle(case, batch, first, kind="work_lost", household=changed.jobless):
    """A change settled while the money is with the bank; it counts from the first month on."""
    reported = changed.told(kind, on=first.payable_from - timedelta(days=5))
    return changed.settle(case, changed.report(case, reported, at=after(batch, 1)), household(case))


def cap(monkeypatch):
    monkeypatch.setattr(
        "benefits.phase_out.months.Stand.cap", property(lambda stand: Decimal("500.00") if stand.change else None)
    )


def test_of_a_phase_out_that_is_over_nothing_is_paid_again():
    case, batch, first = sent()
    assert settle(case, batch, first).overpaid == first.amount
    told(batch, row(batch, 1, "失败", "账号不存在"), days=5)
    assert owed(case.application) == {}
    assert faults() == []


def test_of_a_month_adjusted_downwards_the_new_sum_is_owed(monkeypatch):
    cap(monkeypatch)
    case, batch, first = sent()
    settle(case, batch, first, "members", changed.members)
    told(batch, row(batch, 1, "失败", "账号不存在"), days=5)
    assert owed(case.application)[first.period] == CAPPED
    assert faults() == []


def test_a_recall_that_is_accepted_is_caught_up_with_too():
    case, batch, first = sent()
    told(batch, row(batch))
    settle(case, batch, first)
    told(batch, row(batch, 1, "失败", "银行撤回"), days=9)
    result = ReturnResult.objects.get(disputed=True)
    disputes.rule(world.user("finance-maker"), result.pk, True, "银行来函。", after(batch, 10))
    assert owed(case.application) == {}
    assert faults() == []


def test_what_was_claimed_of_it_since_is_claimed_no_more(monkeypatch):
    cap(monkeypatch)
    case, batch, first = sent()
    outcome = settle(case, batch, first, "members", changed.members)
    case.at = after(batch, 5)
    taken = Taken(case, "recover", reviewer="county-reviewer", approver="county-approver")
    taken.tell(str(outcome.overpaid)).state().weigh().decide()
    told(batch, row(batch, 1, "失败", "账号不存在"), days=60)
    assert [payment.left for payment in Recovery.objects.get().payments.all()] == [Decimal("0.00")]
    assert owed(case.application)[first.period] == CAPPED
    assert faults() == []
