"""restore: an empty site becomes what it was when a backup was made."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project.backups.making import restore
from project.backups.manifest import BadBackup


class Command(BaseCommand):
    """Refuses a database or a folder of files that holds anything. Afterwards the site proves itself."""

    help = "Restores a backup into an empty database and an empty folder, migrates, and checks record and money."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        parser.add_argument("folder", type=Path, help="the folder that `backup` made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, migrate to this version, verify the chains, balance the books."""
        try:
            manifest = restore(options["folder"])
        except BadBackup as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored: made at {manifest.made_at} by version {manifest.source[:12] or 'unknown'}")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("verify_audit", stdout=self.stdout)
        call_command("balance", stdout=self.stdout)
