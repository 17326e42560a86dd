"""bench NAME: measure, and print one JSON line per variant."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project.bench.running import BENCHES


class Command(BaseCommand):
    """Fills the database with demonstration cases: for a temporary database only (`make bench`)."""

    help = "Measure one of: " + ", ".join(BENCHES)

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        parser.add_argument("name", choices=sorted(BENCHES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        if not settings.DEMO:
            raise CommandError("benchmarks fill the database with invented cases; they are refused when DEMO=0")
        for line in BENCHES[options["name"]]():
            self.stdout.write(json.dumps(line, ensure_ascii=False))
