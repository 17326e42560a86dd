"""render_here: what the worker starts to render papers in; of no use to anybody else."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from papers.engine import wire


class Command(BaseCommand):
    """Serves one worker over the line that it gave as standard input, and ends when the worker does."""

    help = "Render papers for a worker, within limits (started by the worker itself)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The renderer and its limits."""
        parser.add_argument("renderer", help="its dotted path")
        parser.add_argument("seconds", type=int, help="of processor time a paper")
        parser.add_argument("megabytes", type=int, help="of address space")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the libraries, then answer."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the worker, which may finish its paper
        line = wire.line_of_stdin()
        renderer = import_string(options["renderer"])()
        wire.serve(line, renderer, wire.Guard(options["seconds"], options["megabytes"]))
