"""What the demonstration shows of benefits that live on."""

from datetime import timedelta
from decimal import Decimal

import pytest

from approvals.models import LoanList
from benefits.models import Due, Entitlement, Milestone, WaiverRefund
from payouts import balance
from people.models import User
from project.demo import lived, loans
from tests import world
from tests.benefits import waived

pytestmark = pytest.mark.django_db


@pytest.fixture
def users(peopled):
    return {user.username: user for user in User.objects.all()}


def test_months_in_a_post_are_claimed_and_the_next_can_be(users):
    case = lived.in_a_post(users, world.START)
    entitlement = Entitlement.objects.get()
    assert (case.application.state, entitlement.months_claimed, entitlement.state) == ("granted", 2, "open")


def test_a_grant_is_paid_in_instalments_of_which_one_was_reported(users):
    lived.in_instalments(users, world.START)
    assert list(Milestone.objects.values_list("state", flat=True)) == ["met", "reported", "awaited"]
    assert [fault for fault in balance.faults() if fault.check != "amount_is_documented"] == []


def test_a_waiver_has_a_refund_and_a_check_that_found_a_ground(users):
    case = waived.in_force()
    lived.looked_after(users, world.year_later(case.at))
    assert WaiverRefund.objects.count() == 1
    assert waived.waiver_of(case).checks.get().result == "revival"


def test_a_bank_s_list_lies_there_and_once_only(users):
    for _again in range(2):
        lived.bank_list(users, world.START)
    assert LoanList.objects.get().rows == 3


def test_a_loan_goes_from_the_bank_s_list_to_the_batch_that_pays_the_bank(users):
    for _again in range(2):
        loans.build(users, world.START + timedelta(days=60))
    listed = LoanList.objects.get()
    assert list(listed.lines.values_list("standing", flat=True)) == ["agrees", "differs", "unknown"]
    [due] = Due.objects.filter(scheme_code=loans.SCHEME)
    assert (due.amount, str(due.bank), due.payouts.get().state) == (Decimal("500.00"), loans.BANK.name, "exported")
    assert balance.faults() == []
