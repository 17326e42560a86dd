"""Work items, their queues and the working-day calendar."""

from workflows.models.calendar import CalendarDay
from workflows.models.queues import Queue, WorkItem

__all__ = ["CalendarDay", "Queue", "WorkItem"]
