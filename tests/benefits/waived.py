"""A waiver pushed along its life: confirmed, checked, changed, revived, for tests."""

from datetime import date
from decimal import Decimal

from applications import door
from approvals.waivers import acting
from benefits.models import Waiver
from benefits.waivers.changes import Answered, Reported
from benefits.waivers.checks import Found
from benefits.waivers.refunds import Refunded
from project.demo.clerks import Case
from tests import world
from tests.approvals.exofficio import Taken

CENTRE = "lottery-centre"
REVIEWER, APPROVER = "prefecture-reviewer", "prefecture-approver"


def granted(n: int = 0, **changes: object) -> Case:
    """A waiver of a deposit that waits for its agreement."""
    return world.waiver(n, **changes).submit().say("accept").say("agree").say("agree").say("grant")


def in_force(n: int = 0, **changes: object) -> Case:
    """One whose agreement the centre confirmed."""
    return granted(n, **changes).say("confirm")


def waiver_of(case: Case) -> Waiver:
    """As it stands."""
    return Waiver.objects.get(application__public_id=case.public_id)


def refund(case: Case, amount: str = "4000.00", reference: str = "TK-1", *, on: date | None = None, user: str = CENTRE):
    """The centre confirms a refund."""
    at = case.later(24)
    told = Refunded(Decimal(amount), on or at.date(), reference)
    return acting.confirm_refund(world.user(user), case.public_id, told, at)


def check(case: Case, result: str = "ok", *, user: str = CENTRE, ground: str = "", **found: object):
    """A yearly check."""
    seen = {"same_holder": True, "in_person": True, "certificate_valid": True} | found
    told = Found(result=result, ground=ground, words="到店核对，本人在店经营。", **seen)
    return acting.check(world.user(user), case.public_id, told, case.later(24))


def report(case: Case, kind: str = "transferred", *, user: str = CENTRE, found_by: str = "centre"):
    """An official writes down a change."""
    at = case.later(24)
    told = Reported(kind, found_by, at.date(), "邻居说店面已经换人。")
    return acting.report(world.user(user), case.public_id, told, at)


def answer(case: Case, change, result: str, *, user: str = REVIEWER, **more: str):
    """Another settles it."""
    told = Answered(result, "电话和到店核实。", **more)
    return acting.answer(world.user(user), case.public_id, change.pk, told, case.later(24))


def revival(case: Case, ground: str = "transferred") -> Taken:
    """A case of its own about reviving it, opened by a reviewer."""
    taken = Taken(case, "revive", reviewer=REVIEWER, approver=APPROVER, ground=ground)
    case.at = taken.at
    return taken


def revived(case: Case, ground: str = "transferred") -> Taken:
    """Decided by the approver, after notice and statement."""
    return revival(case, ground).tell().state().weigh().decide()


def inside(case: Case):
    """The door to the case, for the clock."""
    return door.open_case(case.public_id, user=None, at=case.later(24))
