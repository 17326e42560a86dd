"""erase_again: after an older backup was restored, destroy once more what had been destroyed since."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from archives.erasing.again import Came, Named, destroy_again, destroy_list_again, lists_in, named_in


class Command(BaseCommand):
    """Reads the lines `erasing case …` and `erased case …`, and those of banks' lists, of the log kept outside the
    database; run again, it changes nothing. It also removes the files a destruction left behind whose process was lost.
    """

    help = "Destroy again the cases that a log names as erased, after an older backup was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the log is; and whether what was only begun goes too."""
        parser.add_argument("log", type=Path, help="the log of the site, or any part of it")
        parser.add_argument("--begun", action="store_true", help="destroy too what the log does not say was finished")

    def handle(self, *args: Any, **options: Any) -> None:
        """One by one; what is not in the database, or is destroyed already, is only cleaned up after."""
        lines = options["log"].read_text(encoding="utf-8", errors="replace").splitlines()
        lists = _each(lists_in(lines), destroy_list_again, begun=options["begun"])
        cases = _each(named_in(lines), destroy_again, begun=options["begun"])
        self.stdout.write(f"{sum(map(len, cases.values()))} named, {len(cases[Came.DESTROYED])} destroyed again")
        if lists[Came.DESTROYED]:
            self.stdout.write(f"{len(lists[Came.DESTROYED])} banks' lists destroyed again")
        if left := [*cases[Came.LEFT], *lists[Came.LEFT]]:
            self.stdout.write(f"begun and perhaps never finished, left as they are: {' '.join(left)}")
            self.stdout.write("look at each in the audit record of the site; with --begun they are destroyed too")


def _each(
    named: dict[str, Named], destroy: Callable[[str, Named, datetime], Came], *, begun: bool
) -> dict[Came, list[str]]:
    """What became of each; with `begun` what the log does not say was finished counts as sure too."""
    came: dict[Came, list[str]] = defaultdict(list)
    for key, one in named.items():
        one.sure |= begun
        came[destroy(key, one, timezone.now())].append(key)
    return came
