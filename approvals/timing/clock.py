"""What time does by itself: reminders, overdue work shown to those above, pauses that end, acceptance by silence.

Reminders and escalations are set-based: they change no case, so they are written as moves, not as events.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from applications import door
from applications.each import done_for_each
from applications.models import Application
from applications.states import State
from approvals import handlers, notices
from approvals.models import Move
from approvals.timing.changes import go_on
from schemes.models import SchemeVersion
from workflows import calendar, engine
from workflows.models import WorkItem

REMIND_WORKING_DAYS = 2
# Rows marked in one transaction: SQLite has one writer at a time.
CHUNK = 500


def remind_due(at: datetime) -> int:
    """到期提醒: once for each open item whose limit is two working days away; the number reminded."""
    soon = calendar.about(at, REMIND_WORKING_DAYS)
    due = _running().filter(reminded_at__isnull=True, due_at__gte=at, due_at__lte=soon)
    return _mark(due, "reminded_at", Move.Kind.REMIND, at)


def escalate_overdue(at: datetime) -> int:
    """上报督办: once for each open item that is overdue; the number escalated. Those above see them in a list."""
    return _mark(_running().filter(escalated_at__isnull=True, due_at__lt=at), "escalated_at", Move.Kind.ESCALATE, at)


def _running() -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(closed_at__isnull=True, paused_at__isnull=True)


def _mark(due: QuerySet[WorkItem], stamp: str, kind: str, at: datetime) -> int:
    """Stamp the items and write a move for each. What another run or an official holds now is left to the next run."""
    marked = 0
    while True:
        with transaction.atomic():
            locked = due.select_for_update(of=("self",), skip_locked=True).select_related("queue")
            rows = list(locked.order_by("pk")[:CHUNK])
            due.filter(pk__in=[row.pk for row in rows]).update(**{stamp: at})
            Move.objects.bulk_create(_move(row, kind, at) for row in rows)
        marked += len(rows)
        if len(rows) < CHUNK:
            return marked


def _move(item: WorkItem, kind: str, at: datetime) -> Move:
    whom: dict[str, Any] = {"to_user_id": item.owner_id} if kind == Move.Kind.REMIND else {}
    whom["to_office_id"] = item.queue.office_id
    return Move(application_id=item.case_id, item=item, kind=kind, round=item.round, at=at, **whom)


def end_pauses(at: datetime) -> int:
    """恢复计时 where a pause has reached its last day; the number started again."""
    over = WorkItem.objects.filter(closed_at__isnull=True, paused_at__isnull=False, pause_until__lt=at)
    rows = list(over.order_by("pk").values_list("pk", "case_id", "process_id"))
    return done_for_each(rows, lambda keys: _end_pause(*keys, at))


def _end_pause(item_id: int, case_id: int, process_id: int, at: datetime) -> bool:
    with door.open_locked(case_id, process_id, user=None, at=at) as case:
        item = WorkItem.objects.filter(pk=item_id, closed_at__isnull=True, pause_until__lt=at).first()
        if item is None:
            return False
        item.process = case.process
        go_on(case, item)
    return True


def accept_by_silence(at: datetime) -> int:
    """视为受理: cases nobody answered within the days of acceptance, where the scheme says so; the number accepted.

    行政许可法 第三十二条: 逾期不告知的，自收到申请材料之日起即为受理. Nothing else ever comes about by silence.
    """
    # A version holds only what differs from the defaults, so the word itself tells which schemes know of silence.
    schemes = set(SchemeVersion.objects.filter(content__stages__icontains="deemed").values_list("scheme", flat=True))
    late = _running().filter(kind="accept", due_at__lt=at, scheme__in=schemes)
    rows = list(late.order_by("pk").values_list("pk", "case_id", "process_id"))
    return done_for_each(rows, lambda keys: _accept(*keys, at))


def _accept(item_id: int, case_id: int, process_id: int, at: datetime) -> bool:
    with door.open_locked(case_id, process_id, user=None, at=at) as case:
        item = WorkItem.objects.select_related("queue__office__signs_for").get(pk=item_id)
        item.process = case.process
        stage = engine.definition_of(case.process).stage(item.stage)
        late = item.closed_at is None and item.paused_at is None and item.due_at < at
        if not (late and stage.deemed and case.application.state == State.SUBMITTED):
            return False
        case.application.accept(_received(case.application))
        case.save()
        handlers.issue_acceptance(case, item)
        case.record("case.accepted_by_silence", stage=item.stage, office=item.queue.office_id)
        if engine.close_seat(item, None, at):
            notices.arrive(case, engine.advance(case.process, None, at))
    return True


def _received(application: Application) -> datetime:
    """When the papers came in: with the last filing."""
    return application.rounds.latest("number").filed_at
