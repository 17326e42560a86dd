"""Whether an official may act on a case now, and if not, why: what the page says and the door enforces."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals import outcomes, reopening, scope
from approvals.models import Opinion
from approvals.pauses import paused_words
from approvals.signing.signatures import other_hand_of
from people.joining import listed
from people.models import User
from people.posts import Standing, standings
from people.refusals import Conflict, Refused
from people.remembering import once
from people.roles import STAGE_PERMISSION
from workflows import added
from workflows.models import WorkItem


@dataclass(frozen=True)
class Seat:
    """The open item the official would act on, if any, and what keeps them from it ("" when nothing does).

    `may_claim`: whether 签收 is offered. `for_user`: for whom the official would act by delegation 代理.
    """

    item: WorkItem | None
    why_not: str
    outcomes: tuple[str, ...] = ()
    mine: bool = False
    for_user: User | None = None

    @property
    def may_act(self) -> bool:
        """Whether the decision form is shown."""
        return self.item is not None and not self.why_not

    @property
    def may_claim(self) -> bool:
        """Whether the item is there for the taking."""
        return self.may_act and not self.mine


def seat_of(user: User, application: Application, at: datetime, wanted: int | None = None) -> Seat:
    """The official's seat in a case: the wanted item, else their own, else the most urgent one they may take."""
    items = list(_open_items(user, application, at))
    if not items:
        return Seat(None, _elsewhere(application))
    item = next((item for item in items if item.pk == wanted), None) or min(items, key=lambda item: _rank(item, user))
    standing = standing_at(user, item, application, at)
    for_user = standing.for_user if standing else None
    why_not = _why_not(user, application, item, at, standing)
    offered = () if why_not else outcomes.outcomes_for(item, application)
    mine = item.owner_id == user.pk or (for_user is not None and item.owner_id == for_user.pk)
    return Seat(item, why_not, offered, mine=mine, for_user=for_user)


def standing_at(user: User, item: WorkItem, application: Application, at: datetime) -> Standing | None:
    """As what the user acts on an item; None where they may not.

    Own posts come before delegations, but what a lender has claimed is done for that lender; and of several colleagues
    one is stood in for who is not kept out of the case.
    """
    found = _standings(user, item, at)
    ordered = sorted(found, key=lambda one: one.for_user is None or one.for_user.pk != item.owner_id)
    if len(ordered) > 1:
        free = (one for one in ordered if not door.barred_from(application, user, item.stage, one.for_user))
        return next(free, ordered[0])
    return ordered[0] if ordered else None


def _standings(user: User, item: WorkItem, at: datetime) -> list[Standing]:
    return standings(user, item.queue.role, item.queue.office, STAGE_PERMISSION[item.kind], at, item.scheme)


def _open_items(user: User, application: Application, at: datetime):
    mine = scope.in_queues(scope.my_queues(user, at))
    items = WorkItem.objects.filter(mine, case_id=application.pk, closed_at__isnull=True)
    return items.select_related("queue__office", "owner").order_by("due_at", "pk")


def _rank(item: WorkItem, user: User) -> tuple:
    return item.owner_id != user.pk, item.owner_id is not None, item.paused_at is not None, item.due_at, item.pk


def _elsewhere(application: Application) -> str:
    """Who has it now, for an official who has no open item."""
    waiting = WorkItem.objects.filter(case_id=application.pk, closed_at__isnull=True)
    item = waiting.select_related("queue__office").first()
    if item is None and application.is_open:
        return _("本件正在公示，现在没有需要办理的事情。")
    if item is None:
        return _("本件已经办结，只能查看。")
    return _("本件现在由%(office)s办理，您只能查看。") % {"office": item.queue.office.label}


def _why_not(user: User, application: Application, item: WorkItem, at: datetime, standing: Standing | None) -> str:
    if standing is None:
        return _("您的岗位不能办理这个环节，只能查看。")
    for_user = standing.for_user
    barred = door.barred_from(application, user, item.stage, for_user) or _hands(item, user, at, for_user)
    if barred:
        return barred
    if item.halted:
        return paused_words(item)
    if held_by_another(item, user, at, for_user):
        return _("此件已由%(who)s签收，您只能查看。") % {"who": item.owner}
    return waits_for(item, user)


def held_by_another(item: WorkItem, user: User, at: datetime, for_user: User | None = None) -> bool:
    """Whether a colleague took the item who can still act on it: what somebody took who left is free again.

    What the colleague took for whom the user acts (`for_user`) is theirs to go on with.
    """
    if item.owner_id in (None, user.pk) or (for_user is not None and item.owner_id == for_user.pk):
        return False
    return bool(_standings(item.owner, item, at))


def waits_for(item: WorkItem, user: User) -> str:
    """For whose word an open item waits, "" for nobody's: a seat added before it, its base, or a colleague's advice."""
    if item.waiting and item.placement:
        return _("这是后加签，要等原来的席位办理以后才轮到您。")
    if item.waiting:
        offices = listed(seat.queue.office.label for seat in _unheard(item).filter(placement="before"))
        return _("已经加签，正在等%(offices)s先提出意见。需要继续办理的，可以先减签。") % {"offices": offices}
    if item.delegate_id and item.owner_id == user.pk:
        return _("已委托%(who)s提出意见，正在等待。需要自己办理的，可以先收回委托。") % {"who": item.delegate}
    return ""


def check_heard(item: WorkItem, outcome: str) -> None:
    """What ends a case waits for every seat added before or beside. Raises Conflict, which says whose."""
    waiting = list(_unheard(item).exclude(pk=item.pk)) if outcome in outcomes.NEEDS_ALL_HEARD else []
    if waiting:
        offices = listed(seat.queue.office.label for seat in waiting)
        text = _("%(offices)s的加签意见还没有提出，现在不能作出决定。请等待意见，或者先减签。")
        raise Conflict(text % {"offices": offices}, code="unheard")


def check_hands(item: WorkItem, user: User, at: datetime, for_user: User | None = None) -> None:
    """Nobody speaks in two seats of one stage where one of them was added or one word is by delegation, and nobody
    ends a reopened case that they ended before, where there is somebody else. Raises Refused.
    """
    refused = _hands(item, user, at, for_user)
    if refused:
        raise Refused(refused, code="four_eyes")


def _hands(item: WorkItem, user: User, at: datetime, for_user: User | None) -> str:
    spoken = other_hand(item, user, for_user) or other_hand_of(item, user, for_user)
    before = [one for one in (user, for_user) if one is not None]
    return spoken or next((words for one in before if (words := reopening.other_must_act(item, one, at))), "")


def other_hand(item: WorkItem, user: User, for_user: User | None = None) -> str:
    """Why another seat of the same stage keeps an official from this one; "" when none does.

    Who added a seat wants another's view; who spoke or sits in one of the seats does not speak in the other.
    """
    both = {user.pk, for_user.pk} if for_user else {user.pk}
    others = once(("others", item.pk), lambda: tuple(WorkItem.objects.filter(task=item.task_id).exclude(pk=item.pk)))
    taken = [seat for seat in others if seat.owner_id in both and (seat.placement or item.placement)]
    own = [seat for seat in taken if not added.is_same(seat, item)]
    if own or (item.placement and item.added_by_id in both):
        return _("这一席位要听取另一位工作人员的意见：加签的人和已在同一环节另一席位的人不能办理。")
    if others and _spoken_by(item, both, by_delegation=for_user is None):
        return _("同一环节的两个席位不能由同一人办理，代理他人也算在内。须由其他工作人员办理。")
    return ""


def _spoken_by(item: WorkItem, both: set[int], *, by_delegation: bool) -> bool:
    """Whether one of them has spoken in another seat of the stage; `by_delegation`: where two of them stood there."""
    said = Opinion.objects.filter(item__task=item.task_id).exclude(item=item)
    if by_delegation:
        said = said.filter(on_behalf_of__isnull=False)
    theirs = said.filter(Q(official__in=both) | Q(on_behalf_of__in=both)).select_related("item")
    # What was taken back was said in the very seat that is open again.
    return any(not added.is_same(one.item, item) for one in theirs)


def _unheard(item: WorkItem):
    return added.unheard(item).select_related("queue__office")
