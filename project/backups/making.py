"""Making a backup, keeping the newest ones, and restoring one."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from people import vault
from people.models import DataKey
from people.sealed_streams import SealingWriter, opened
from project.backups import dumping, files
from project.backups.manifest import DATABASE, FILE, FILES, BadBackup, Manifest

NAME = "zhida-%Y%m%dT%H%M%S"


def make(place: Path, at: datetime) -> Path:
    """A new backup in a folder of its own under `place`; the folder. Raises BadBackup, and leaves nothing behind then.

    The database first: a file is stored before the row that names it, so every file a row names is in the backup.
    """
    folder = place / at.strftime(NAME)
    folder.mkdir(mode=0o700, parents=True)
    try:
        key = vault.new_data_key()
        _seal(folder / DATABASE, key, DATABASE, dumping.dump)
        _seal(folder / FILES, key, FILES, files.pack)
        Manifest.of(folder, key, at).write(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder


def keep_newest(place: Path, count: int) -> list[Path]:
    """Remove all but the newest whole backups; what was removed.

    What was erased on the site lives on in old backups: erasure is complete when the last of them is gone.
    """
    whole = sorted(path.parent for path in place.glob(f"zhida-*/{FILE}"))
    old = whole[:-count] if count else []
    for folder in old:
        shutil.rmtree(folder)
    return old


def restore(folder: Path) -> Manifest:
    """Fill an empty site with a backup. Raises BadBackup; a database that holds anything is never touched."""
    manifest = Manifest.read(folder)
    if not dumping.is_empty():
        raise BadBackup("the database is not empty: a backup is restored into an empty one")
    key = manifest.key
    with (folder / FILES).open("rb") as sealed:
        files.unpack(opened(sealed, key, FILES))
    with (folder / DATABASE).open("rb") as sealed:
        dumping.load(opened(sealed, key, DATABASE))
    return manifest


def _seal(path: Path, key: DataKey, context: str, write: Callable[[IO[bytes]], object]) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
    with path.open("xb") as sealed:
        writer = SealingWriter(sealed, key, context)
        write(writer)
        writer.finish()
