"""reindex_blind: compute every keyed hash anew, after VAULT_INDEX_KEY was changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from people import indexing


class Command(BaseCommand):
    """Run it while the site is stopped; killed, it is run again. With --check it exits 1 while anything is stale.

    Rows that are damaged are named one by one; they keep the index they have.
    """

    help = "Compute all blind indexes with the present VAULT_INDEX_KEY; --check only counts what is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only how it stands."""
        parser.add_argument("--check", action="store_true", help="count what is stale and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Column by column."""
        left = 0
        for column in indexing.columns():
            if options["check"]:
                count = indexing.stale(column, self.stderr.write)
                left += count
                self.stdout.write(f"{column}: {count} stale")
            else:
                self.stdout.write(f"{column}: {indexing.reindex(column, self.stderr.write)} computed anew")
        if left:
            raise SystemExit(1)
