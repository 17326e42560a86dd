"""seed_demo: offices, officials, applicants and three hundred cases of a prefecture like Honghe."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from applications.models import Application
from project.demo import accounts, directory, helped, lived, loans, money, policy, repertoire, seals, villages
from project.jobs import run_due


class Command(BaseCommand):
    """Idempotent: offices and accounts are completed, cases are made only where there are none."""

    help = "Fill the database with a demonstration (refused when DEMO=0)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Cases can be left out."""
        parser.add_argument("--directory-only", action="store_true", help="offices and accounts, no cases")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed."""
        if not settings.DEMO:
            raise CommandError("seed_demo is refused when DEMO=0")
        if not repertoire.divisions_ready():
            raise CommandError("load the divisions first: manage.py load_divisions")
        directory.build()
        users = accounts.build()
        now = timezone.now()
        seals.build(now)
        money.envelopes(range(now.year - 1, now.year + 3))
        if not options["directory_only"]:
            policy.waiting(users, now)
            if not Application.objects.exists():
                self._cases(users, now)
        self.stdout.write(f"demo ready: {len(users)} accounts, {Application.objects.count()} applications")

    def _cases(self, users: dict, now: Any) -> None:
        for name, cast in repertoire.casts(users, now):
            repertoire.tell(name, cast)
        money.history(users, now)
        helped.build(users, now)
        villages.build(users, now)
        lived.build(users, now)
        loans.build(users, now)
        run_due(now)
