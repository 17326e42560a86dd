"""What a measure takes of a grant in instalments: all that is not paid, whether its milestone is met or not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from benefits.models import Budget
from benefits.stopping import money_of
from payouts import balance
from project.demo import money
from tests import institution, world
from tests.approvals.exofficio import Taken
from tests.benefits import instalments as staged
from tests.payouts.returned import row, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(peopled):
    """Two of three instalments are met, 40000.00 in all; nothing is paid."""
    staged.publish()
    case = staged.granted()
    staged.met(case)
    case.at += timedelta(days=300)
    return case


def impose(case, kind, amount=None):
    taken = Taken(case, kind, reviewer=staged.REVIEWER, approver=staged.APPROVER)
    taken.tell(amount).state().weigh().decide()
    case.at = taken.at


def open_sums(case):
    return [str(due.amount) for due in money_of(case.application).open]


def reserved():
    return sum(Budget.objects.filter(scheme_code=institution.CODE).values_list("reserved", flat=True))


def faults():
    return [fault for fault in balance.faults() if fault.check != "amount_is_documented"]


def test_lowering_counts_what_is_met_and_not_paid(case):
    impose(case, "reduce", "30000.00")
    assert open_sums(case) == ["20000.00", "10000.00"]
    assert (reserved(), faults()) == (Decimal("30000.00"), [])


def test_lowering_below_what_is_met_leaves_no_more_than_that(case):
    impose(case, "reduce", "15000.00")
    assert open_sums(case) == ["15000.00"]
    assert (reserved(), faults()) == (Decimal("15000.00"), [])


def test_what_is_paid_counts_towards_what_is_left(case):
    pay(case)
    impose(case, "reduce", "45000.00")
    assert open_sums(case) == ["5000.00"]
    assert faults() == []


def test_stopping_takes_what_is_met_and_not_paid(case):
    impose(case, "stop")
    assert (open_sums(case), reserved(), faults()) == ([], Decimal("0.00"), [])


@pytest.mark.parametrize("kind, amount, left", [("stop", None, []), ("reduce", "12000.00", ["12000.00"])])
def test_an_instalment_that_comes_back_later_is_taken_too(case, kind, amount, left):
    batch = pay(case)
    impose(case, kind, amount)
    told(batch, *(row(batch, line, "失败", "户名不符") for line in (1, 2)), days=30)
    assert open_sums(case) == left
    assert faults() == []


def pay(case):
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    return money.pay(users, institution.CODE, case.later())
