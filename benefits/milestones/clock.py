"""Milestones by the clock: the organisation is told that the day is near, once for each day."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from applications import door
from applications.each import done_for_each
from benefits.milestones.standing import near, open_milestones
from benefits.models import MilestoneReminder

A_CHUNK = 2000


def remind_milestones(at: datetime) -> int:
    """Tell of milestones whose day is near or over; how many cases were told. Safe late and twice."""

    def inside(public_id: str) -> bool:
        with door.open_case(public_id, user=None, at=at) as case:
            return _remind(case)

    return done_for_each(_cases(at), inside)


def _remind(case: door.Case) -> bool:
    found = [
        MilestoneReminder.objects.get_or_create(
            milestone=milestone, due_on=milestone.due_on, defaults={"reminded_at": case.at}
        )
        for milestone in open_milestones().filter(near(case.at), application=case.application)
    ]
    told = [row.milestone.place for row, new in found if new]
    if told:
        case.record("milestone.near", places=told)
    return bool(told)


def _cases(at: datetime) -> Iterator[str]:
    """The cases with somebody to tell, by public number, a chunk at a time."""
    told = MilestoneReminder.objects.filter(milestone=OuterRef("pk"), due_on=OuterRef("due_on"))
    rows = open_milestones().filter(near(at), ~Exists(told)).order_by("pk").values_list("pk", "application__public_id")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:A_CHUNK]):
        yield from dict.fromkeys(public_id for _pk, public_id in chunk)
        last = chunk[-1][0]
