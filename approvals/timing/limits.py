"""What a seat's time is: promised and legal, what has been extended, and who may change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from applications.models import Application
from approvals.decide import check_closed
from approvals.moves.hands import supervises
from approvals.seats import standing_at
from people import delegating
from people.models import Delegation, User
from people.posts import standing
from people.refusals import Conflict, NotFound, Refused
from schemes.routes import Stage
from workflows import calendar, engine
from workflows.models import WorkItem
from workflows.pausing import day_kind_of


@dataclass(frozen=True)
class Limits:
    """The time of one seat. `legal` is the last day the law allows, None where no law is on record; both move on with
    every extension and pause. `left` counts the extensions still open to the office, `most` the days of one.
    """

    item: WorkItem
    stage: Stage
    kind: str
    legal: datetime | None
    left: int
    most: int


def limits_of(item: WorkItem) -> Limits:
    """The time of a seat, by the version its route follows."""
    definition = engine.definition_of(item.process)
    stage, kind = definition.stage(item.stage), day_kind_of(item, definition)
    more = (stage.legal_days or stage.days) - stage.days
    own = item.kind == stage.kind and stage.legal_days is not None
    legal = calendar.deadline(item.due_at, more, kind) if own else None
    return Limits(item, stage, kind, legal, max(0, stage.extensions_most - item.extensions), stage.extension_days)


@dataclass(frozen=True)
class Hand:
    """That somebody may change a limit; `for_user`: the colleague for whom, by delegation 代理."""

    for_user: User | None = None
    delegation: Delegation | None = None


def extending(user: User, application: Application, item: WorkItem, at: datetime) -> Hand | None:
    """Who may extend: whoever oversees the office's work, or its approvers; nobody in a case of their own."""
    office = item.queue.office
    if supervises(user, application, office, at):
        return Hand()
    approver = standing(user, "approver", office, "decide_cases", at, item.scheme)
    both = [user, approver.for_user] if approver and approver.for_user else [user]
    if approver is None or any(door.recused(application, one) for one in both):
        return None
    return Hand(approver.for_user, approver.delegation)


def stopping(user: User, application: Application, item: WorkItem, at: datetime) -> Hand | None:
    """Who may stop and start a clock: whoever may extend, and whoever can act in the seat."""
    hand = extending(user, application, item, at)
    if hand is not None:
        return hand
    acting = standing_at(user, item, application, at)
    if acting is None or door.barred_from(application, user, item.stage, acting.for_user):
        return None
    return Hand(acting.for_user, acting.delegation)


@contextmanager
def changing(
    user: User, item_id: int, at: datetime, *, extend: bool, version: int | None = None
) -> Iterator[tuple[Case, WorkItem]]:
    """The case and the open item, locked, for a change of time.

    Raises NotFound for an item out of sight, Refused where it is not theirs to change, Conflict where it has gone on.
    """
    keys = WorkItem.objects.filter(pk=item_id).values_list("case_id", "process_id").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at, version=version) as case:
        item = WorkItem.objects.select_related("queue__office__signs_for", "owner").get(pk=item_id)
        item.process = case.process
        hand = (extending if extend else stopping)(user, case.application, item, at)
        if hand is None or (hand.delegation is not None and not delegating.lock(hand.delegation)):
            raise Refused(_("您的岗位不能调整这个环节的期限。"), code="not_yours")
        case.on_behalf_of = hand.for_user
        check_closed(item)
        yield case, item


def check_stopped_for_correction(item: WorkItem) -> None:
    """Raise Conflict while the applicant corrects, or money is waited for: the clock stands still by itself."""
    if item.pause_reason == WorkItem.PauseReason.MONEY:
        raise Conflict(_("本案在等待资金，期限已经停止计算；有了资金会自动恢复。"), code="money")
    if item.paused_at is not None and not item.pause_reason:
        raise Conflict(_("正在等待申请人补正，期限已经停止计算。"), code="paused")
