"""True rows of the life of a waiver, for breaking the constraints of the database from them."""

from datetime import timedelta
from decimal import Decimal

from approvals.models import Proceeding
from benefits.models import (
    WaiverChange,
    WaiverChangeAnswer,
    WaiverCheck,
    WaiverRefund,
    WaiverReminder,
    WaiverRevival,
    WaiverTerms,
)
from tests import world
from tests.benefits import waived

DAY = world.START.date()


def terms() -> WaiverTerms:
    """The terms of a waiver, as they would be written for another."""
    row = waived.waiver_of(waived.granted()).terms
    row.waiver = waived.waiver_of(waived.granted(2))
    return row


def refund() -> WaiverRefund:
    """A refund the centre told of."""
    return waived.refund(waived.in_force())


def check() -> WaiverCheck:
    """A check at which all was well."""
    return waived.check(waived.in_force())


def reminder() -> WaiverReminder:
    """A check that was told of."""
    return WaiverReminder.objects.create(
        waiver=waived.waiver_of(waived.in_force()), due_on=DAY, reminded_at=world.START
    )


def change() -> WaiverChange:
    """A change that was reported."""
    return waived.report(waived.in_force())


def answer() -> WaiverChangeAnswer:
    """What came of one, as it would be written for another."""
    case = waived.in_force()
    row = waived.answer(case, waived.report(case), "nothing")
    row.change = waived.report(case)
    return row


def answered_by_reporter() -> WaiverChangeAnswer:
    """The same, by whoever reported the change."""
    row = answer()
    row.answered_by = row.reported_by
    return row


def revival() -> WaiverRevival:
    """A deposit that is due again, as it would be written."""
    case = waived.in_force()
    return WaiverRevival(
        waiver=waived.waiver_of(case),
        decided_in=case.application,
        ground="transferred",
        effective_on=DAY,
        amount=Decimal("10.00"),
        pay_by=DAY + timedelta(days=30),
        decided_at=world.START,
    )


def proceeding() -> Proceeding:
    """A revival that was opened and not told of yet."""
    return waived.revival(waived.in_force()).proceeding
