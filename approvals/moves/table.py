"""Who may make which move, and when: one table, read by the page that offers moves and by the services that do them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals.decide import check_closed
from approvals.models import Move
from approvals.moves import hands
from approvals.seats import held_by_another
from people.models import User
from people.refusals import Conflict, Refused
from schemes import procedures
from workflows import added
from workflows.models import WorkItem

Kind = Move.Kind


class Stands(StrEnum):
    """What an official is to an item."""

    HOLDER = "holder"  # has claimed it
    TAKER = "taker"  # could claim it: nobody has
    DELEGATE = "delegate"  # was asked for advice by the holder
    ADDER = "adder"  # added the seat, or works at the seat it was added to
    CLOSER = "closer"  # closed it
    ACTOR = "actor"  # has said something in the case
    SUPERVISOR = "supervisor"  # oversees the office it waits at


@dataclass(frozen=True)
class Rule:
    """Who may make a move, on an item that is open or not, whether its clock must run, and whether words are needed."""

    who: frozenset[Stands]
    open: bool = True
    running: bool = False
    words: bool = True
    kinds: frozenset[str] | None = None  # where given: only at seats of the route of these kinds


def _rule(*who: Stands, **more: object) -> Rule:
    return Rule(frozenset(who), **more)


RULES: dict[str, Rule] = {
    Kind.HAND_OVER: _rule(Stands.HOLDER, Stands.TAKER),
    Kind.DELEGATE: _rule(Stands.HOLDER, Stands.TAKER, running=True),
    Kind.DELEGATE_BACK: _rule(Stands.DELEGATE),
    Kind.CALL_BACK: _rule(Stands.HOLDER, words=False),
    Kind.ADD_SEAT: _rule(Stands.HOLDER, Stands.TAKER, running=True, kinds=frozenset(added.PLACEMENTS)),
    Kind.DROP_SEAT: _rule(Stands.ADDER, Stands.SUPERVISOR),
    Kind.COPY: _rule(Stands.HOLDER, Stands.TAKER, Stands.ACTOR, Stands.SUPERVISOR, open=False, words=False),
    Kind.URGE: _rule(Stands.ACTOR, Stands.ADDER, Stands.SUPERVISOR, words=False),
    Kind.TAKE_BACK: _rule(Stands.CLOSER, open=False),
    Kind.REASSIGN: _rule(Stands.SUPERVISOR),
    Kind.RECUSE: _rule(Stands.HOLDER, Stands.TAKER, Stands.DELEGATE),
}


def check(kind: str, user: User, application: Application, item: WorkItem, at: datetime) -> frozenset[Stands]:
    """What the user is to the item, if that lets them make the move.

    Raises Conflict where the item has gone on (closed, paused, taken), Refused where it is not theirs to move.
    """
    rule = RULES[kind]
    if rule.open:
        check_closed(item)
    if rule.running and item.halted:
        raise Conflict(_("此件正在等待申请人补正，补正后才能继续办理。"), code="paused")
    stands = frozenset(standing_of(user, application, item, at))
    if not stands & rule.who:
        raise _why(user, application, item, at)
    if not _of_its_kind(rule, item):
        raise Refused(_("这个席位不能加签。"), code="not_here")
    return stands


def open_to(stands: frozenset[Stands], item: WorkItem) -> list[str]:
    """The moves that the table opens to somebody who is this to an item as it stands, in the order of the table."""
    return [kind for kind, rule in RULES.items() if _opens(rule, stands, item)]


def _opens(rule: Rule, stands: frozenset[Stands], item: WorkItem) -> bool:
    gone_on = (rule.open and item.closed_at is not None) or (rule.running and item.halted)
    return bool(stands & rule.who) and not gone_on and _of_its_kind(rule, item)


def _of_its_kind(rule: Rule, item: WorkItem) -> bool:
    """Whether the seat is one the rule is for: an added seat could say nothing in a built-in procedure 依职权."""
    built_in = item.stage in procedures.CODES
    return rule.kinds is None or (not item.placement and not built_in and item.kind in rule.kinds)


def standing_of(user: User, application: Application, item: WorkItem, at: datetime) -> Iterator[Stands]:
    """Everything the user is to an item."""
    yield from _at_the_desk(user, application, item, at)
    if door.recused(application, user):
        return
    if item.delegate_id == user.pk:
        yield Stands.DELEGATE
    if item.placement and item.closed_at is None and _works_at_base(user, application, item, at):
        yield Stands.ADDER
    if application.opinions.filter(official=user).exists():
        yield Stands.ACTOR
    if hands.supervises(user, application, item.queue.office, at) or _supervises_base(user, application, item, at):
        yield Stands.SUPERVISOR


def _at_the_desk(user: User, application: Application, item: WorkItem, at: datetime) -> Iterator[Stands]:
    if not hands.works_there(user, item, at) or hands.why_barred(user, application, item):
        return
    if item.closed_at is not None:
        if item.owner_id == user.pk:
            yield Stands.CLOSER
    elif item.owner_id == user.pk:
        yield Stands.HOLDER
    elif not held_by_another(item, user, at):
        yield Stands.TAKER


def _works_at_base(user: User, application: Application, item: WorkItem, at: datetime) -> bool:
    """A seat nobody takes is no dead end: who added it drops it, and so does whoever may act on what waits for it."""
    base = added.base_of(item)
    able = hands.works_there(user, base, at) and not hands.why_barred(user, application, base)
    return item.added_by_id == user.pk or able


def _supervises_base(user: User, application: Application, item: WorkItem, at: datetime) -> bool:
    return bool(item.placement) and hands.supervises(user, application, added.base_of(item).queue.office, at)


def _why(user: User, application: Application, item: WorkItem, at: datetime) -> Refused:
    """Why the item is not theirs to move."""
    if hands.works_there(user, item, at):
        barred = hands.why_barred(user, application, item)
        if barred:
            return Refused(barred, code="barred")
        if item.closed_at is None and held_by_another(item, user, at):
            return Conflict(_("此件已由%(who)s签收。") % {"who": item.owner.full_name}, code="claimed")
    return Refused(_("此件不由您办理，这一步不能由您来做。"), code="not_yours")
