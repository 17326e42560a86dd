"""Money that came back before a claim was recorded is no part of it: no repayment takes it off that claim."""

from decimal import Decimal

import pytest
from django.utils import timezone

from audit.models import Event
from benefits import collecting
from benefits.models import Recovery
from payouts.balance import faults
from payouts.returns import claims, repayments
from project.demo import money
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import changed
from tests.payouts.returned import after, row, told

pytestmark = pytest.mark.django_db
MONTH, CAPPED, PART = Decimal("730.00"), Decimal("604.00"), Decimal("500.00")


def two_paid_one_back():
    """A phase-out with three months sent: two were paid, the third came back and is owed still."""
    case = world.phase_out_granted()
    third = case.application.dues.order_by("payable_from")[2]
    at = case.at.replace(year=third.payable_from.year, month=third.payable_from.month, day=2)
    batch = money.pay({name: world.user(name) for name in ("finance-maker", "finance-checker")}, "dibao-phase-out", at)
    told(batch, row(batch, 1), row(batch, 2), row(batch, 3, "失败", "账号不存在"))
    case.at = after(batch, 4)
    return case, batch.payouts.get(line=3).due


def imposed(case, kind, amount):
    """A measure of the county with a claim, and the claim."""
    taken = Taken(case, kind, reviewer="county-reviewer", approver="county-approver")
    taken.tell(str(amount)).state().weigh().decide()
    case.at = taken.at
    return Recovery.objects.get(decided_in__public_id=taken.public_id)


def looked_at(claim, at, accepted):
    """Five hundred yuan are entered as paid back, and looked at by the checker."""
    day = timezone.localdate(at)
    waiting = repayments.enter(world.user("finance-maker"), claim.pk, PART, day, "票", at)
    reason = "" if accepted else "凭证不符"
    repayments.check(world.user("finance-checker"), waiting.pk, accepted=accepted, reason=reason, at=at)


@pytest.mark.parametrize("accepted, left", [(True, 2 * MONTH - PART), (False, 2 * MONTH)])
def test_a_revocation_after_it_claims_what_was_paid_and_no_repayment_lowers_that(accepted, left):
    case, _due = two_paid_one_back()
    claim = imposed(case, "revoke", 2 * MONTH)
    looked_at(claim, case.at, accepted)
    assert collecting.left_of(claim) == left
    assert not Event.objects.filter(action="recovery.overpaid").exists()
    assert faults() == []


def test_nor_where_a_change_stopped_it_and_what_was_paid_is_claimed_then(monkeypatch):
    monkeypatch.setattr(
        "benefits.phase_out.months.Stand.cap", property(lambda stand: Decimal("500.00") if stand.change else None)
    )
    case, due = two_paid_one_back()
    first = case.application.dues.earliest("payable_from").payable_from
    reported = changed.told("members", on=first)
    changed.settle(case, changed.report(case, reported, at=case.at), changed.members(case))
    assert due.stop.stopped_at
    case.at = after(due.payouts.get().batch, 30)
    claim = imposed(case, "recover", MONTH)
    looked_at(claim, case.at, accepted=True)
    assert collecting.left_of(claim) == MONTH - PART


def test_nor_where_it_was_set_off_in_part_before_the_case_was_revoked():
    case, due = two_paid_one_back()
    earlier = imposed(case, "recover", Decimal("100.00"))
    claims.set_off(world.user("finance-checker"), earlier.pk, due.pk, "本人书面同意抵扣。", case.at)
    claim = imposed(case, "revoke", MONTH)
    looked_at(claim, case.at, accepted=True)
    assert collecting.left_of(claim) == MONTH - PART
    assert faults() == []
