"""Who acts on a waiver: the office that keeps it (the centre that concluded the agreement), and the one that granted.

What is told of refunds comes from the keeper alone. Taking part in the life of a waiver is no stage of its case: who
reports a change never settles it, and no party or relative acts at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio import opening
from approvals.models import BenefitReview
from benefits.models import WaiverChange, WaiverChangeAnswer, WaiverCheck, WaiverRefund
from benefits.waivers import changes, checks, refunds
from benefits.waivers.changes import Answered, Reported
from benefits.waivers.checks import Found
from benefits.waivers.refunds import Refunded
from people import vault
from people.models import Office, User
from people.posts import holds
from people.refusals import NotFound, Refused
from workflows.models import WorkItem

# The roles that deal with waivers at an office, each with the permission it goes by.
ROLES = {
    "clerk": "confirm_agreements",
    "reviewer": "review_cases",
    "approver": "decide_cases",
    "supervisor": "manage_work",
}
REVIEW = "benefit_review"


def keeper_of(application: Application) -> Office | None:
    """The office that concludes the agreement; where none is concluded, the one that granted."""
    items = WorkItem.objects.filter(case_id=application.pk, kind="confirm").select_related("queue__office")
    item = items.order_by("-pk").first()
    return item.queue.office if item else opening.office_of(application)


def may_keep(user: User, application: Application, at: datetime) -> bool:
    """Whether the user may say for the keeper what it paid back."""
    return _stands(user, application, [keeper_of(application)], at)


def may_act(user: User, application: Application, at: datetime) -> bool:
    """Whether the user may check the waiver and deal with changes: for its keeper, or for the office that granted."""
    return _stands(user, application, [keeper_of(application), opening.office_of(application)], at)


def _stands(user: User, application: Application, offices: list[Office | None], at: datetime) -> bool:
    if application.state != State.GRANTED or application.is_ex_officio or door.recused(application, user):
        return False
    at_office = {office.pk: office for office in offices if office is not None}
    return any(
        holds(user, role, office, permission, at) for office in at_office.values() for role, permission in ROLES.items()
    )


def confirm_refund(
    user: User, public_id: str, told: Refunded, at: datetime, *, version: int | None = None
) -> WaiverRefund:
    """Write down what the centre paid back. Raises NotFound outside it, and what `refunds.confirm` raises."""
    with _inside(user, public_id, at, version) as case:
        if not may_keep(user, case.application, at):
            raise NotFound()
        return refunds.confirm(case, told)


def check(user: User, public_id: str, found: Found, at: datetime, *, version: int | None = None) -> WaiverCheck:
    """Write down a yearly check; it counts as the review of the benefit too. Raises what `checks.check` raises."""
    with _acting(user, public_id, at, version) as case:
        done = checks.check(case, found)
        sealed = vault.encrypt(case.application.data_key, found.words.strip(), REVIEW)
        BenefitReview.objects.create(application=case.application, by=user, at=at, text=sealed)
    return done


def report(user: User, public_id: str, reported: Reported, at: datetime, *, version: int | None = None) -> WaiverChange:
    """Write down a change that was told or found. Raises what `changes.report` raises."""
    with _acting(user, public_id, at, version) as case:
        return changes.report(case, reported)


def answer(
    user: User, public_id: str, change: int, answered: Answered, at: datetime, *, version: int | None = None
) -> WaiverChangeAnswer:
    """Settle a change that somebody else wrote down. Raises what `changes.answer` raises."""
    with _acting(user, public_id, at, version) as case:
        return changes.answer(case, change, answered)


@contextmanager
def _acting(user: User, public_id: str, at: datetime, version: int | None) -> Iterator[door.Case]:
    with _inside(user, public_id, at, version) as case:
        if not may_act(user, case.application, at):
            raise NotFound()
        yield case


@contextmanager
def _inside(user: User, public_id: str, at: datetime, version: int | None) -> Iterator[door.Case]:
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at, version=version) as case:
        if door.recused(case.application, user):
            raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
        yield case
