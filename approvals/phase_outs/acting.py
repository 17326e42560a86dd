"""Recording and settling changes of a household: the reviewers of the office that granted, and its approvers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio import opening
from benefits.models import ChangeOutcome, HouseholdChange
from benefits.phase_out import changes
from benefits.phase_out.changes import Reported, Verified
from benefits.phase_out.facts import course_of
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


@dataclass(frozen=True)
class PreviewedMonth:
    """A month as it is and as it would be, in yuan."""

    period: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Preview:
    """What would come of a change: the effect in words, and the months it touches."""

    effect: str
    months: tuple[PreviewedMonth, ...]


def preview(user: User, public_id: str, change: int, verified: Verified, at: datetime) -> Preview:
    """What settling would bring; nothing is written. Raises what `settle` raises for who may not, or for facts that
    cannot be.
    """
    with _inside(user, public_id, at) as case:
        if not may_settle(user, case.application, at):
            raise NotFound()
        row = changes.open_change(case, changes.locked(case), change)
        weighed = changes.weigh(case, row, verified)
        course = course_of(case.application)
        # A change that does not matter leaves the months as they are, whatever its stand would say.
        anew = course.months() if weighed.judged.effect == ChangeOutcome.Effect.NONE else course.months(weighed.stand)
        months = tuple(
            PreviewedMonth(now.period, now.amount, then.amount)
            for now, then in zip(course.months(), anew, strict=True)
            if now.first >= row.effective_month
        )
        return Preview(str(ChangeOutcome.Effect(weighed.judged.effect).label), months)


@contextmanager
def _inside(user: User, public_id: str, at: datetime) -> Iterator[door.Case]:
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        if door.recused(case.application, user):
            raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
        yield case
