"""What happens to applications by the clock."""

from datetime import datetime

from applications import actions
from applications.each import done_for_each
from applications.models import Application
from applications.states import State


def lapse_unanswered(at: datetime) -> int:
    """Lapse cases whose correction was not answered in time; the number lapsed."""
    due = Application.objects.filter(state=State.RETURNED, correction_due__lt=at).order_by("pk")
    return done_for_each(list(due.values_list("public_id", flat=True)), lambda public_id: actions.lapse(public_id, at))
