"""Giving an item to a colleague 转办, asking one for advice 委托, and a supervisor's placing of work 改派."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals.models import Move
from approvals.moves.opening import check_colleague, moving, take
from approvals.moves.record import note_move
from people.models import User
from people.refusals import Conflict
from workflows.models import WorkItem

Kind = Move.Kind


def hand_over(user: User, item_id: int, to_user: User, text: str, at: datetime) -> Application:
    """转办: the item is the colleague's from now on. Raises Invalid where they cannot act on it."""
    with moving(Kind.HAND_OVER, user, item_id, at, text) as (case, item):
        check_colleague(case, item, to_user)
        _give(item, to_user)
        note_move(case, Kind.HAND_OVER, item=item, to_user=to_user, text=text)
    return case.application


def reassign(user: User, item_id: int, to_user: User, text: str, at: datetime) -> Application:
    """改派: a supervisor gives an item of their office to somebody who holds its post, whoever had it."""
    with moving(Kind.REASSIGN, user, item_id, at, text) as (case, item):
        check_colleague(case, item, to_user)
        _give(item, to_user)
        note_move(case, Kind.REASSIGN, item=item, to_user=to_user, text=text)
    return case.application


def delegate(user: User, item_id: int, to_user: User, text: str, at: datetime) -> Application:
    """委托: a colleague is asked for their view; the item stays the user's and waits for it."""
    with moving(Kind.DELEGATE, user, item_id, at, text) as (case, item):
        if item.delegate_id is not None:
            raise Conflict(_("此件已经委托%(who)s，请先收回。") % {"who": item.delegate}, code="delegated")
        check_colleague(case, item, to_user)
        take(case, item)
        _lend(item, to_user)
        note_move(case, Kind.DELEGATE, item=item, to_user=to_user, text=text)
    return case.application


def delegate_back(user: User, item_id: int, text: str, at: datetime) -> Application:
    """委托办结: the colleague says what they think and has taken part at this stage; the owner goes on."""
    with moving(Kind.DELEGATE_BACK, user, item_id, at, text) as (case, item):
        door.take_seat(case, item.stage)
        _lend(item, None)
        note_move(case, Kind.DELEGATE_BACK, item=item, to_user=item.owner, text=text)
    return case.application


def call_back(user: User, item_id: int, text: str, at: datetime) -> Application:
    """收回委托: the owner goes on without waiting for the colleague's word."""
    with moving(Kind.CALL_BACK, user, item_id, at, text) as (case, item):
        if item.delegate_id is None:
            raise Conflict(_("此件没有委托出去，或者对方已经办完。"), code="not_delegated")
        asked = item.delegate
        _lend(item, None)
        note_move(case, Kind.CALL_BACK, item=item, to_user=asked, text=text)
    return case.application


def _give(item: WorkItem, to_user: User) -> None:
    item.owner, item.delegate = to_user, None
    item.save(update_fields=["owner", "delegate"])


def _lend(item: WorkItem, to_user: User | None) -> None:
    item.delegate = to_user
    item.save(update_fields=["delegate"])
