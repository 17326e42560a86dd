"""What happens to applications by the clock."""

from datetime import datetime

from applications import actions
from applications.models import Application
from applications.states import State


def lapse_unanswered(at: datetime) -> int:
    """Lapse cases whose correction was not answered in time; the number lapsed."""
    due = Application.objects.filter(state=State.RETURNED, correction_due__lt=at).order_by("pk")
    return sum(actions.lapse(public_id, at) for public_id in list(due.values_list("public_id", flat=True)))
