"""run_due: everything that happens by the clock."""

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from project.jobs import run_due
from project.metrics import clock_ran


class Command(BaseCommand):
    """Idempotent; safe to run twice or late. A future date is refused unless DEMO=1."""

    help = "Deadlines, notices, phase-out months, reminders, anchors."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only the day."""
        parser.add_argument("--on", type=date.fromisoformat, help="the day to run for (YYYY-MM-DD), default now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        done = run_due(_moment(options["on"]))
        clock_ran(timezone.now(), done)
        self.stdout.write(", ".join(f"{name} {count}" for name, count in done.items()))
        if -1 in done.values():
            raise CommandError("at least one job failed; see the log")


def _moment(day: date | None) -> datetime:
    now = timezone.now()
    if day is None or day == timezone.localdate(now):
        return now
    if day > timezone.localdate(now) and not settings.DEMO:
        raise CommandError("a future date is for demonstrations only (DEMO=1)")
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
