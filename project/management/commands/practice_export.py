"""practice_export: write what a practice site needs to a file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.refusals import NotFound
from project.practice.bundle import bundle_of


class Command(BaseCommand):
    """Published rules, offices and their officials' names: no applicant, no case, no password."""

    help = "Write the rules, offices and officials of a division to a file for its practice site."

    def add_arguments(self, parser: CommandParser) -> None:
        """The division and where to write."""
        parser.add_argument("division", help="code of the county, prefecture or province")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        try:
            bundle = bundle_of(options["division"])
        except NotFound as error:
            raise CommandError(f"no division {options['division']}") from error
        options["file"].write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
        self.stdout.write(f"{len(bundle['rules'])} rules, {len(bundle['offices'])} offices written")
