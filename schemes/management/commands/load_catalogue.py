"""Validate and load the schemes and policies that come with the software."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from people.division_tables import load_divisions
from schemes.files.catalogue_faults import faults_between
from schemes.files.catalogue_files import CatalogueError, read_policies, read_schemes
from schemes.files.loading import Loader, Report


class Command(BaseCommand):
    """Idempotent. Exit 1 when a file is faulty."""

    help = "Validate and load schemes and policies; with --check only report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--check", action="store_true", help="validate and compare, write nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Read every file before anything is written."""
        try:
            definitions, policies = read_schemes(), read_policies()
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        faults = faults_between(definitions, policies)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"files: {len(definitions)} schemes and {len(policies)} policy files are valid")
        if check:
            self._compare(definitions, policies)
            return
        load_divisions()
        self._tell(Loader(timezone.now(), write=True).load(definitions, policies))

    def _compare(self, definitions: list[Any], policies: list[Any]) -> None:
        """A check also runs where no database has been made yet."""
        try:
            self._tell(Loader(timezone.now(), write=False).load(definitions, policies))
        except DatabaseError:
            self.stdout.write("no database to compare with")

    def _tell(self, report: Report) -> None:
        for kind in ("added", "changed", "conflicts"):
            for what in getattr(report, kind):
                self.stdout.write(f"{kind}: {what}")
        self.stdout.write(
            f"catalogue: {len(report.added)} added, {len(report.changed)} changed, "
            f"{report.unchanged} unchanged, {len(report.conflicts)} conflicts"
        )
