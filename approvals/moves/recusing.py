"""回避: an official declares an interest and is out of the case for ever; the case finds other hands."""

from datetime import datetime

from applications import door
from applications.models import Application
from approvals.models import Move
from approvals.moves import hands
from approvals.moves.opening import moving
from approvals.moves.record import note_move
from people.models import Office, User
from workflows.models import Queue, WorkItem


def recuse(user: User, item_id: int, text: str, at: datetime) -> Application:
    """The item is free again; where nobody at its office may act, it goes to the same function's office above.

    Where there is none above either, it stays: the supervisor's list shows it with the reason (see lists.stranded).
    """
    with moving(Move.Kind.RECUSE, user, item_id, at, text) as (case, item):
        door.recuse(case)
        if item.owner_id == user.pk:
            item.owner = None
        item.delegate = None
        above = _above_if_needed(case.application, item, at)
        if above is not None:
            item.queue, _created = Queue.objects.get_or_create(office=above, role=item.queue.role)
            item.owner = None
        item.save(update_fields=["owner", "delegate", "queue"])
        note_move(case, Move.Kind.RECUSE, item=item, to_office=above, text=text)
    return case.application


def _above_if_needed(application: Application, item: WorkItem, at: datetime) -> Office | None:
    if hands.colleagues(application, item, at):
        return None
    return hands.office_above(application, item, at)
