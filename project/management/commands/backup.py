"""backup: database and files in one sealed folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from project.backups.making import keep_newest, make
from project.backups.manifest import BadBackup


class Command(BaseCommand):
    """The site may go on meanwhile. Without the master key the folder cannot be read: keep that key elsewhere."""

    help = "Backs up database and files together, sealed under the master key, and keeps the newest."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and how many stay."""
        parser.add_argument("place", type=Path, help="the folder that holds the backups")
        parser.add_argument("--keep", type=int, default=0, help="keep only so many of the newest (0 = all)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one, then remove the oldest."""
        try:
            folder = make(options["place"], timezone.localtime())
        except BadBackup as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"backup: {folder}")
        for old in keep_newest(options["place"], options["keep"]):
            self.stdout.write(f"removed: {old}")
