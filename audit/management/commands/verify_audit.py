"""verify_audit: walk the hash chains."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.verify import verify


class Command(BaseCommand):
    """Prints `ok N events` and exits 0, or the first broken event and exits 1."""

    help = "Walk every audit chain and every anchor."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the log kept outside the database is."""
        parser.add_argument("--log", type=Path, help="a log whose `anchor N HASH` lines must be found in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk and report."""
        log = options["log"].read_text(encoding="utf-8").splitlines() if options["log"] else []
        verdict = verify(log)
        if verdict.fault:
            self.stdout.write(str(verdict.fault))
            raise SystemExit(1)
        self.stdout.write(f"ok {verdict.events} events")
