"""What a backup says of itself: when it was made, of which version, what lies in it, and under which key.

The parts are sealed with a key of the backup's own, and that key is wrapped by the site's master key: whoever has the
backup and not the master key has nothing.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from people import vault
from people.models import DataKey
from project.source import running_version

FILE = "manifest.json"
DATABASE = "database.sealed"
FILES = "files.sealed"
PARTS = (DATABASE, FILES)


class BadBackup(Exception):
    """A backup that is not whole, or not for this site; the message says what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """What stands in manifest.json."""

    made_at: str
    source: str
    vendor: str
    migrations: list[list[str]]
    key_id: str
    key_wrapped: str
    key_version: int
    sha256: dict[str, str]

    @property
    def key(self) -> DataKey:
        """The backup's key, of no row in the database."""
        wrapped = base64.b64decode(self.key_wrapped)
        return DataKey(id=UUID(self.key_id), wrapped=wrapped, master_version=self.key_version)

    @classmethod
    def of(cls, folder: Path, key: DataKey, at: datetime) -> "Manifest":
        """The manifest of the parts that lie in a folder."""
        return cls(
            made_at=at.isoformat(),
            source=running_version(),
            vendor=connection.vendor,
            migrations=applied(),
            key_id=str(key.pk),
            key_wrapped=base64.b64encode(key.wrapped).decode(),
            key_version=key.master_version,
            sha256={name: digest(folder / name) for name in PARTS},
        )

    def write(self, folder: Path) -> None:
        """Last of all: a folder without a manifest is no backup."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read it, and hold the parts against it. Raises BadBackup."""
        try:
            manifest = cls(**_read(folder / FILE))
        except (OSError, ValueError, TypeError) as error:
            raise BadBackup(f"{folder} holds no whole backup: {error}") from error
        for name in PARTS:
            if not (folder / name).is_file() or digest(folder / name) != manifest.sha256.get(name):
                raise BadBackup(f"{name} is missing or was changed since the backup was made")
        manifest.demand_this_site()
        return manifest

    def demand_this_site(self) -> None:
        """Raise BadBackup where this site's database, version or master key is not fit for it."""
        if self.vendor != connection.vendor:
            raise BadBackup(f"the backup is of {self.vendor}, this site's database is {connection.vendor}")
        unknown = {(app, name) for app, name in self.migrations} - set(MigrationLoader(None).disk_migrations)
        if unknown:
            raise BadBackup(f"the backup was made by a newer version: {sorted(unknown)[0]} is not known here")
        try:
            vault.encrypt_bytes(self.key, b"", "try")
        except (vault.VaultError, ImproperlyConfigured) as error:
            raise BadBackup("VAULT_MASTER_KEY is not the one the backup was made under") from error


def applied() -> list[list[str]]:
    """The newest migration of each room that the database has."""
    newest = dict(sorted(MigrationLoader(connection).applied_migrations))
    return [[app, name] for app, name in newest.items()]


def digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    for piece in _pieces(path):
        found.update(piece)
    return found.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))
