"""Reminding those who were asked, one working day before the answer is due."""

from datetime import datetime

from django.db import transaction

from approvals.consulting import who
from approvals.models import Consultation, Move
from workflows import calendar

WORKING_DAYS_BEFORE = 1
MOST_AT_ONCE = 1000


def remind_asked(at: datetime) -> int:
    """Mark the questions that are due within a working day as reminded of, once each; the number marked.

    A reminder changes nothing in the case: it is a stamp on the question and a move by the clock, written for many at
    once, and no act inside the door.
    """
    soon = calendar.about(at, WORKING_DAYS_BEFORE)
    near = Consultation.objects.filter(who.waiting(), reminded_at__isnull=True, due_at__lte=soon)
    with transaction.atomic():
        due = list(near.select_for_update(of=("self",), no_key=True).order_by("pk")[:MOST_AT_ONCE])
        Consultation.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=at)
        Move.objects.bulk_create(_move(one, at) for one in due)
    return len(due)


def _move(asked: Consultation, at: datetime) -> Move:
    return Move(
        application_id=asked.application_id,
        item_id=asked.item_id,
        kind=Move.Kind.REMIND,
        round=asked.round,
        to_user_id=asked.to_user_id,
        to_office_id=asked.to_office_id,
        at=at,
    )
