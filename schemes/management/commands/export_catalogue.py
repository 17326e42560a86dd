"""Write every scheme and all policy in force as files that load_catalogue reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schemes.files.exporting import write_catalogue
from schemes.models import current_versions
from schemes.standing import divisions_with_policy


class Command(BaseCommand):
    """Never writes over anything: the directory must be new or empty."""

    help = "Export schemes, documents, clauses and values as TOML (and document texts) into a new directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        """Write all files."""
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise CommandError(f"{directory} is not empty; name a directory that does not exist yet")
        number = write_catalogue(directory, current_versions(), divisions_with_policy())
        self.stdout.write(f"export: {number} files in {directory}")
