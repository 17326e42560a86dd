"""Load the administrative divisions of the whole country to county level, demo townships and retired codes."""

from django.core.management.base import BaseCommand

from people.division_tables import load_divisions


class Command(BaseCommand):
    help = "Load or refresh the administrative divisions (idempotent)."

    def handle(self, *args: object, **options: object) -> None:
        """Load and say what changed."""
        result = load_divisions()
        self.stdout.write(f"divisions: {result.added} added, {result.changed} changed, {result.unchanged} unchanged")
