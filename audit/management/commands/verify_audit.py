"""verify_audit: walk the hash chains."""

from django.core.management.base import BaseCommand

from audit.verify import verify


class Command(BaseCommand):
    """Prints `ok N events` and exits 0, or the first broken event and exits 1."""

    help = "Walk every audit chain and every anchor."

    def handle(self, *args: object, **options: object) -> None:
        """Walk and report."""
        count, fault = verify()
        if fault:
            self.stdout.write(fault)
            raise SystemExit(1)
        self.stdout.write(f"ok {count} events")
