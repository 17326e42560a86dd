"""rotate_keys: wrap every data key with the newest master key."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from people import key_rotation


class Command(BaseCommand):
    """Goes on where it stopped, however it was stopped. Exits 1 while any key is behind or cannot be opened."""

    help = "Wrap every data key with the master key of VAULT_MASTER_VERSION; --check only counts."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much at once, or only how it stands."""
        parser.add_argument("--check", action="store_true", help="count the keys of each version and change nothing")
        parser.add_argument("--batch", type=int, default=key_rotation.BATCH, help="keys a transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, then tell how it stands."""
        if not options["check"]:
            self._rotate(options["batch"])
        for version, count in key_rotation.standing().items():
            newest = " (newest)" if version == settings.VAULT_MASTER_VERSION else ""
            lost = "" if version in settings.VAULT_MASTER_KEYS else " - NO SUCH MASTER KEY: these cannot be read"
            self.stdout.write(f"version {version}{newest}: {count} keys{lost}")
        if key_rotation.behind().exists():
            raise SystemExit(1)

    def _rotate(self, batch: int) -> None:
        rotated = key_rotation.rotate(lambda done, of: self.stdout.write(f"{done} of {of} keys wrapped anew"), batch)
        for key in rotated.failed:
            self.stderr.write(f"key {key} cannot be opened with the master keys of the settings")
