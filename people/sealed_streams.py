"""Long files with personal data: sealed frame by frame while they are written, so that neither memory nor disk ever
holds them whole in clear.

A stored file is a row of frames, each four bytes of length and one sealed value. A frame opens only in its place, and
the last one only as the last: nothing can be left out, exchanged or cut off.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import default_storage

from people import sealed_files, vault

if TYPE_CHECKING:
    from people.models import DataKey

FRAME = 1 << 20  # clear bytes a frame
LENGTH = 4


class SealingWriter:
    """A file to write into and nothing else; `name` is where it is stored, once it is closed."""

    def __init__(self, sealed: IO[bytes], data_key: "DataKey", context: str) -> None:
        self._sealed, self._key, self._context = sealed, data_key, context
        self._waiting, self._frames, self.name = bytearray(), 0, ""

    def write(self, plain: bytes) -> int:
        """Take bytes; whole frames are sealed and written at once."""
        self._waiting += plain
        while len(self._waiting) > FRAME:
            self._write_frame(bytes(self._waiting[:FRAME]), last=False)
            del self._waiting[:FRAME]
        return len(plain)

    def flush(self) -> None:
        """Nothing to do: what is no whole frame yet waits."""

    def finish(self) -> None:
        """Write the last frame."""
        self._write_frame(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _write_frame(self, plain: bytes, *, last: bool) -> None:
        blob = vault.encrypt_bytes(self._key, plain, frame_context(self._context, self._frames, last=last))
        self._sealed.write(len(blob).to_bytes(LENGTH, "big") + blob)
        self._frames += 1


def frame_context(context: str, number: int, *, last: bool) -> str:
    """Where a frame belongs."""
    return f"{context}:{number}:{'end' if last else 'on'}"


@contextmanager
def writing(prefix: str, data_key: "DataKey", context: str) -> Iterator[SealingWriter]:
    """A file that is stored when the block ends well, and leaves nothing behind when it does not."""
    with tempfile.TemporaryFile() as sealed:
        writer = SealingWriter(sealed, data_key, context)
        yield writer
        writer.finish()
        sealed.seek(0)
        writer.name = default_storage.save(sealed_files.new_name(prefix), File(sealed))


def reading(name: str, data_key: "DataKey", context: str) -> Iterator[bytes]:
    """The clear bytes, frame by frame. Raises FileNotFoundError, KeyDestroyed or Undecipherable."""
    with default_storage.open(name, "rb") as stored:
        yield from opened(stored, data_key, context)


def opened(sealed: IO[bytes], data_key: "DataKey", context: str) -> Iterator[bytes]:
    """The clear bytes of a row of frames wherever it is kept. Raises KeyDestroyed or Undecipherable."""
    length, number = sealed.read(LENGTH), 0
    while length:
        blob, length = sealed.read(int.from_bytes(length, "big")), sealed.read(LENGTH)
        yield vault.decrypt_bytes(data_key, blob, frame_context(context, number, last=not length))
        number += 1
