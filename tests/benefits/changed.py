"""A phase-out from October 2026 to March 2027 whose household changes, for tests."""

from datetime import date, datetime, timedelta

from applications import door
from benefits.models import ChangeOutcome, HouseholdChange
from benefits.phase_out import changes
from benefits.phase_out.changes import Reported, Verified
from tests import world

REVIEWER, APPROVER = "county-reviewer", "county-approver"
NOVEMBER = date(2026, 11, 20)


def told(kind="income", found_by="family", on=NOVEMBER, words="家里收入有变化。"):
    return Reported(kind, found_by, on, words)


def members(case):
    return [dict(member) for member in world.answers_of(case)["household"]]


def jobless(case):
    """The worker lost the job."""
    return [member | {"employed_since": None, "monthly_wage": "0"} for member in members(case)]


def richer(case):
    """The same people, over the standard without a disabled worker."""
    return [
        member | {"employed_since": None, "monthly_wage": "0", "other_monthly_income": "3000"}
        for member in members(case)
    ]


def at_end_of(day):
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=world.START.tzinfo) + timedelta(days=2)


def report(case, reported=None, *, by=REVIEWER, suspend=False, at=None):
    reported = reported or told()
    with door.open_case(case.public_id, user=world.user(by), at=at or at_end_of(reported.happened_on)) as inside:
        return changes.report(inside, reported, suspend=suspend)


def settle(
    case, change: HouseholdChange, household, *, by=APPROVER, property_ok=True, here=True, heard="没有意见。", head=""
):
    verified = Verified(household, property_ok, "已入户核实。", here, heard, head)
    with door.open_case(case.public_id, user=world.user(by), at=change.reported_at + timedelta(days=1)) as inside:
        return changes.settle(inside, change.pk, verified)


def reverted() -> ChangeOutcome:
    """A phase-out that ended because the worker lost the job."""
    case = world.phase_out_granted(months=6)
    return settle(case, report(case, told("work_lost")), jobless(case))
