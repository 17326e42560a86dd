"""demo: the three named schemes from form to decision and payout, without a server, through the pages' own services."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project.demo import showing


class Command(BaseCommand):
    """Writes summary.json, one PDF a paper, the payout file as XLSX and CSV; exits 1 if anything is missing."""

    help = "Run the three named schemes end to end (in a database of its own)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the results go."""
        parser.add_argument("--out", type=Path, default=Path("var/demo"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, write, check."""
        if not settings.DEMO:
            raise CommandError("demo is refused when DEMO=0")
        call_command("seed_demo", directory_only=True, verbosity=0)
        results = showing.run()
        showing.write(results, options["out"])
        faults = showing.faults(options["out"])
        if faults:
            raise CommandError("missing: " + "; ".join(faults))
        self.stdout.write(f"{len(results.papers)} papers and the payout file are in {options['out']}")
