"""bench_lines VARIANT LINES: one way of writing bank files; `bench export` runs each in a process of its own."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from project.bench.exported import WAYS, measured


class Command(BaseCommand):
    """Prints seconds and peak memory as JSON; leaves nothing behind."""

    help = "Measure one way of writing very many lines"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which way, how many lines, and the batch whose cases are read."""
        parser.add_argument("variant", choices=sorted(WAYS))
        parser.add_argument("lines", type=int)
        parser.add_argument("batch", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        self.stdout.write(json.dumps(measured(options["variant"], options["lines"], options["batch"])))
