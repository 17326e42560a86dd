"""erase_again: after an older backup was restored, destroy once more what had been destroyed since."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from applications import door
from applications.door import Case
from applications.states import State
from archives.erasing import destroying, drafts, persons
from people.refusals import NotFound

LINE = re.compile(r"\berased case ([0-9a-z]{12})\b")


class Command(BaseCommand):
    """Reads the lines `erased case …` of the log kept outside the database. Run again, it changes nothing."""

    help = "Destroy again the cases that a log names as erased, after an older backup was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the log is."""
        parser.add_argument("log", type=Path, help="the log of the site, or any part of it")

    def handle(self, *args: Any, **options: Any) -> None:
        """One by one; what is not in the database, or is destroyed already, is passed over."""
        named = dict.fromkeys(LINE.findall(options["log"].read_text(encoding="utf-8", errors="replace")))
        done = sum(_erase(public_id) for public_id in named)
        self.stdout.write(f"{len(named)} named, {done} destroyed again")


def _erase(public_id: str) -> bool:
    try:
        with transaction.atomic(), door.open_case(public_id, user=None, at=timezone.now()) as case:
            return _destroyed(case)
    except NotFound:
        return False


def _destroyed(case: Case) -> bool:
    if destroying.is_destroyed(case.application):
        return False
    if case.application.state == State.DRAFT:
        return bool(drafts.destroy_draft(case))
    named = persons.parties_of(case.application)
    destroying.destroy(case, "case.erased", again=True)
    persons.forget(named, case.at)
    return True
