"""practice_load: make a practice site of an empty database."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.models import Division
from people.refusals import Refused
from project.practice import bundle, cases


class Command(BaseCommand):
    """Only where PRACTICE=1: on such a site every page and paper says that nothing on it is real."""

    help = "Load a file of practice_export into an empty database and invent cases (refused when PRACTICE=0)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how many cases of each scheme."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--cases", type=int, default=3, help="cases of each scheme (default 3)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, invent, and say once with which password everybody signs in."""
        if not settings.PRACTICE:
            raise CommandError("practice_load is refused when PRACTICE=0")
        told, password = json.loads(options["file"].read_text(encoding="utf-8")), secrets.token_urlsafe(12)
        try:
            loaded = bundle.load(told, password)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        place = Division.objects.get(pk=told["division"])
        filed = cases.invent(place, options["cases"], cases.filer(password), timezone.now())
        self.stdout.write(f"{loaded['rules']} rules, {loaded['offices']} offices, {loaded['posts']} posts loaded")
        self.stdout.write(f"{filed.total()} cases of {len(filed)} schemes invented")
        self.stdout.write(f"password of every account: {password}")
