"""加签 and 减签: a further seat at the stage a case stands at, and taking it away while nobody has spoken there."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from approvals import notices
from approvals.models import Move
from approvals.moves import hands
from approvals.moves.opening import moving, take
from approvals.moves.record import note_move
from people.models import Office, User
from people.refusals import Invalid, Refused
from workflows import added, engine
from workflows.models import WorkItem

Kind = Move.Kind


def add_seat(
    user: User, item_id: int, office: Office, placement: str, text: str, at: datetime, named: User | None = None
) -> WorkItem:
    """加签: ask a reviewer of an office for their view, before, beside or after this seat; `named`: that one alone.

    Raises Invalid for an office out of the case's line or without anybody who could take the seat.
    """
    with moving(Kind.ADD_SEAT, user, item_id, at, text) as (case, item):
        _check_placement(item, placement)
        _check_office(case, item, office, named)
        take(case, item)
        seat = added.add(item, office, placement, by=user, owner=named, at=at)
        note_move(case, Kind.ADD_SEAT, item=seat, to_user=named, to_office=office, text=text)
    return seat


def drop_seat(user: User, item_id: int, text: str, at: datetime) -> Application:
    """减签: the seat is no longer asked; where the stage waited for it alone, the case goes on."""
    with moving(Kind.DROP_SEAT, user, item_id, at, text) as (case, item):
        if not item.placement:
            raise Refused(_("这是流程规定的席位，不能减签。"), code="not_added")
        note_move(case, Kind.DROP_SEAT, item=item, to_user=item.owner, to_office=item.queue.office, text=text)
        if engine.drop_seat(item, at):
            notices.arrive(case, engine.advance(case.process, user, at))
    return case.application


def _check_placement(item: WorkItem, placement: str) -> None:
    if placement not in added.PLACEMENTS[item.kind]:
        raise Invalid(errors={"placement": _("这个环节不能这样加签，请重新选择。")}, code="placement")


def _check_office(case: Case, item: WorkItem, office: Office, named: User | None) -> None:
    able = dict(hands.seat_offices(case.application, item, case.at)).get(office, [])
    others = [one for one in able if one != case.user]
    if not others:
        raise Invalid(
            errors={"seat": _("这个机关不在本案的办理层级上，或者没有可以提出意见的审核人员。")}, code="nobody"
        )
    if named is not None and named not in others:
        raise Invalid(errors={"seat": _("这位工作人员不能在本案提出意见，请选择别人。")}, code="barred")
