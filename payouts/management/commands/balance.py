"""balance: whether the books balance; exit 1 when they do not."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from benefits.models import Due
from payouts.balance import PARTS, faults, standing, total
from people.one_moment import one_moment


class Command(BaseCommand):
    """Prints where the money stands, then each thing that does not agree; both of one moment."""

    help = "Check that approved, reserved, batched and paid money agree; exit 1 when something does not."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print and judge."""
        with one_moment():
            sums, found = total(standing(Due.objects.all(), timezone.localtime())), faults()
        self.stdout.write(f"approved {sum(sums.values()):.2f}")
        for part in PARTS:
            self.stdout.write(f"  {part} {sums[part]:.2f}")
        for fault in found:
            self.stderr.write(f"{fault.check}: {fault.where}: stands {fault.stands}, should be {fault.should}")
        if found:
            raise SystemExit(1)
        self.stdout.write("balanced")
