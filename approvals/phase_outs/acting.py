"""Recording and settling changes of a household: the reviewers of the office that granted, and its approvers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio import opening
from benefits.models import ChangeOutcome, HouseholdChange
from benefits.phase_out import changes
from benefits.phase_out.changes import Reported, Verified
from people.models import User
from people.posts import holds
from people.refusals import NotFound, Refused


def may_report(user: User, application: Application, at: datetime) -> bool:
    """Whether the user reviews or supervises for the office that granted the phase-out, and has no part in it."""
    return bool(opening.role_for(user, application, at))


def may_settle(user: User, application: Application, at: datetime) -> bool:
    """Whether the user approves for the office that granted the phase-out, and has no part in it."""
    office = opening.office_of(application)
    if office is None or application.state != State.GRANTED or door.recused(application, user):
        return False
    return holds(user, "approver", office, "decide_cases", at)


def report(user: User, public_id: str, reported: Reported, at: datetime, *, suspend: bool) -> HouseholdChange:
    """Record a change that was reported or found. Raises NotFound outside the offices that granted."""
    with _inside(user, public_id, at) as case:
        if not may_report(user, case.application, at):
            raise NotFound()
        return changes.report(case, reported, suspend=suspend)


def settle(user: User, public_id: str, change: int, verified: Verified, at: datetime) -> ChangeOutcome:
    """Settle a change. Raises NotFound outside the offices that granted."""
    with _inside(user, public_id, at) as case:
        if not may_settle(user, case.application, at):
            raise NotFound()
        return changes.settle(case, change, verified)


@contextmanager
def _inside(user: User, public_id: str, at: datetime) -> Iterator[door.Case]:
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        if door.recused(case.application, user):
            raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
        yield case
