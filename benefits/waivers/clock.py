"""Waivers by the clock: a check that is near is told once, and a relief whose term is over ends."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from applications import door
from applications.each import done_for_each
from benefits.models import Waiver, WaiverReminder
from benefits.waivers import ending
from benefits.waivers.terms import locked

# assumed: no text says how long before a check it is told; days.
TOLD_BEFORE = timedelta(days=30)
A_CHUNK = 2000
TERM_OVER = "term_over"


def remind_checks(at: datetime) -> int:
    """Tell that the yearly check is near, once for each day it is due; how many were told. Safe late and twice."""
    soon = timezone.localdate(at) + TOLD_BEFORE
    told = WaiverReminder.objects.filter(waiver=OuterRef("pk"), due_on=OuterRef("check_due"))
    near = Waiver.objects.filter(~Exists(told), state=Waiver.State.IN_FORCE, check_due__lte=soon)
    return done_for_each(_cases(near), _at(at, _remind))


def end_of_terms(at: datetime) -> int:
    """End what was relieved for a time that is over; how many ended. Safe late and twice."""
    over = Waiver.objects.filter(state=Waiver.State.IN_FORCE, terms__term_ends__lt=timezone.localdate(at))
    return done_for_each(_cases(over), _at(at, _end))


def _at(at: datetime, act: Callable[[door.Case], bool]) -> Callable[[str], bool]:
    def inside(public_id: str) -> bool:
        with door.open_case(public_id, user=None, at=at) as case:
            return act(case)

    return inside


def _remind(case: door.Case) -> bool:
    waiver = locked(case)
    if waiver.state != Waiver.State.IN_FORCE or waiver.check_due is None:
        return False
    told = {"waiver": waiver, "due_on": waiver.check_due}
    _row, new = WaiverReminder.objects.get_or_create(**told, defaults={"reminded_at": case.at})
    if new:
        case.record("waiver.check_near")
    return new


def _end(case: door.Case) -> bool:
    if locked(case).state != Waiver.State.IN_FORCE:
        return False
    ending.end(case, TERM_OVER)
    return True


def _cases(waivers: QuerySet[Waiver]) -> Iterator[str]:
    """Their cases by public number, read a chunk at a time."""
    last = 0
    rows = waivers.order_by("pk").values_list("pk", "application__public_id")
    while chunk := list(rows.filter(pk__gt=last)[:A_CHUNK]):
        yield from (public_id for _pk, public_id in chunk)
        last = chunk[-1][0]
