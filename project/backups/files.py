"""Uploads, papers and batches as one row of bytes and back. They are stored encrypted already, and never edited."""

import tarfile
from collections.abc import Iterable
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO

from django.conf import settings

from project.backups.manifest import BadBackup


def pack(into: IO[bytes]) -> int:
    """Write every stored file; how many. A file that is erased meanwhile is passed over."""
    root, count = Path(settings.MEDIA_ROOT), 0
    with tarfile.open(fileobj=into, mode="w|") as packed:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            try:
                packed.add(path, arcname=str(path.relative_to(root)))
            except FileNotFoundError:
                continue
            count += 1
    return count


def unpack(pieces: Iterable[bytes]) -> int:
    """Write every file back where it was; how many. Raises BadBackup where a file lies already."""
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        raise BadBackup(f"{root} is not empty: a backup is restored into an empty place")
    root.mkdir(parents=True, exist_ok=True)
    count = 0
    with tarfile.open(fileobj=BufferedReader(_Pieces(pieces)), mode="r|") as packed:
        for member in packed:
            packed.extract(member, root, filter="data")
            count += 1
    return count


class _Pieces(RawIOBase):
    """A row of pieces read as a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill the buffer as far as the piece at hand goes; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer)
        count = min(len(target), len(self._rest))
        target[:count], self._rest = self._rest[:count], self._rest[count:]
        return count
