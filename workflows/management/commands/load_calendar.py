"""Load the working-day calendar from the tables that come with the system, or from one an administrator made."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.calendar_tables import VENDORED, BadTable, YearTable, load_table, read_table
from workflows.models import CalendarDay


class Command(BaseCommand):
    help = "Load the working-day calendar (idempotent). Years without an official notice load only with --assumed."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to load."""
        parser.add_argument("--assumed", action="store_true", help="load assumed years too (demo sites and tests)")
        own = "a table of one year; replaces the vendored ones in this run and may be repeated"
        parser.add_argument("--file", type=Path, action="append", help=own)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load every table and say what happened to each year."""
        paths = options["file"] or sorted(VENDORED.glob("*.csv"))
        for table in self._tables(paths, assumed=options["assumed"]):
            self.stdout.write(f"{table.year}: {load_table(table)} ({table.basis}, {table.source})")

    def _tables(self, paths: list[Path], *, assumed: bool) -> list[YearTable]:
        """The tables that may be loaded, all read before the first is written."""
        try:
            tables = [read_table(path) for path in paths]
        except (BadTable, OSError) as error:
            raise CommandError(str(error)) from error
        return [table for table in tables if assumed or table.basis == CalendarDay.Basis.STATED]
