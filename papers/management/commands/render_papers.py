"""render_papers: render what waits, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from papers import jobs


class Command(BaseCommand):
    """For the administrator: after an outage, or when papers failed for a reason that is mended."""

    help = "Render every paper that waits; with --failed also those given up."

    def add_arguments(self, parser: CommandParser) -> None:
        """Failed ones can be taken up again."""
        parser.add_argument("--failed", action="store_true", help="queue papers that failed once more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render and report."""
        again = jobs.queue_again() if options["failed"] else 0
        self.stdout.write(f"{again} queued again, {jobs.render_all()} rendered")
