"""Which dues wait for a milestone: pieces of queries over dues, and of lists over milestones."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from applications.states import State
from benefits.models import Due, Milestone

# assumed: no text says how long before its day a milestone is told of; days.
TOLD_BEFORE = timedelta(days=30)
MET = Milestone.State.MET


def payable_by(today: date) -> Q:
    """For a query over dues: what a milestone no longer keeps back, and what has no milestone from its own day on."""
    return Q(milestone__state=MET) | Q(milestone__isnull=True, payable_from__lte=today)


def kept_back() -> Q:
    """For a query over dues: what waits for a milestone."""
    return Q(milestone__isnull=False) & ~Q(milestone__state=MET)


def open_milestones() -> QuerySet[Milestone]:
    """Milestones that are not met, of grants that stand and for which something is still owed."""
    owed = Due.objects.filter(milestone=OuterRef("pk"), stop__isnull=True)
    rows = Milestone.objects.filter(Exists(owed), application__state=State.GRANTED)
    return rows.exclude(state=MET)


def near(at: datetime) -> Q:
    """For a query over milestones: those whose day is near or over, and whose organisation has not reported."""
    return Q(state=Milestone.State.AWAITED, due_on__lte=timezone.localdate(at) + TOLD_BEFORE)


def late(at: datetime) -> Q:
    """For a query over milestones: those whose day is over and whose organisation has not reported."""
    return Q(state=Milestone.State.AWAITED, due_on__lt=timezone.localdate(at))
