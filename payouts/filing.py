"""Files of a batch while they are written: sealed as they grow, hashed and counted, and gone when one of them fails."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from types import TracebackType
from typing import IO

from payouts.columns import Row
from payouts.writers import Writer
from people import sealed_files, sealed_streams
from people.models import DataKey

# Files sealed frame by frame; those of older batches, sealed in one piece, lie in another folder.
FOLDER = "batch-files"
Begin = Callable[[IO[bytes]], Writer]


@dataclass(frozen=True)
class Filed:
    """A finished file: where it is stored, the hash of its clear bytes, its control totals in lines and yuan."""

    kind: str
    part: int
    stored: str
    sha256: str
    lines: int
    total: Decimal


class Filing:
    """Writes every file of one batch in one pass over its rows. When the block fails, nothing of them is left."""

    def __init__(self, data_key: DataKey) -> None:
        self._key = data_key
        self._open: list[_Growing] = []
        self.filed: list[Filed] = []

    def __enter__(self) -> "Filing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        for growing in self._open:
            growing.abandon(kind, error, trace)
        for filed in self.filed:
            sealed_files.remove(filed.stored)

    def begin(self, kind: str, part: int, begin: Begin) -> "_Growing":
        """A new file."""
        growing = _Growing(self._key, kind, part, begin)
        self._open.append(growing)
        return growing

    def finish(self, growing: "_Growing") -> None:
        """A file is whole and stored."""
        filed = growing.finish()
        self._open.remove(growing)
        self.filed.append(filed)


class Parts:
    """One kind of file, in parts of at most `limit` rows; 0 for one part without limit."""

    def __init__(self, filing: Filing, kind: str, begin: Begin, limit: int = 0) -> None:
        self._filing, self._kind, self._begin, self._limit = filing, kind, begin, limit
        self._part, self._growing = 0, None

    def add(self, row: Row) -> None:
        """The next row, into a new part where the last one is full."""
        if self._growing and self._growing.lines == self._limit:
            self.close()
        if self._growing is None:
            self._part += 1
            self._growing = self._filing.begin(self._kind, self._part, self._begin)
        self._growing.add(row)

    def close(self) -> None:
        """No row follows."""
        self._filing.finish(self._growing)
        self._growing = None


class _Growing:
    """A file that is not finished."""

    def __init__(self, key: DataKey, kind: str, part: int, begin: Begin) -> None:
        self.kind, self.part, self.lines, self.total = kind, part, 0, Decimal("0.00")
        self._stack = ExitStack()
        self._sealed = self._stack.enter_context(sealed_streams.writing(FOLDER, key, context_of(kind, part)))
        self._hashed = Hashed(self._sealed)
        self._writer = begin(self._hashed)

    def add(self, row: Row) -> None:
        self._writer.add(row)
        self.lines += 1
        self.total += row.amount

    def finish(self) -> Filed:
        self._writer.close()
        self._stack.close()
        return Filed(self.kind, self.part, self._sealed.name, self._hashed.hexdigest(), self.lines, self.total)

    def abandon(self, kind: type[BaseException] | None, error: BaseException, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, trace)


class Hashed:
    """Passes bytes on and hashes them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._hash = out, hashlib.sha256()

    def write(self, plain: bytes) -> int:
        """Bytes of the file."""
        self._hash.update(plain)
        return self._out.write(plain)

    def flush(self) -> None:
        """Nothing waits here."""

    def hexdigest(self) -> str:
        """The hash of all that was written."""
        return self._hash.hexdigest()


def context_of(kind: str, part: int = 1) -> str:
    """Where a file of a batch belongs: in no other place does it open."""
    return f"batch.{kind}" if part == 1 else f"batch.{kind}.{part}"
