"""Looking for personal numbers in everything that is stored: each table, each file, in every plain spelling."""

import base64
import pickle
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from tests import postgres


def spellings(number: str) -> list[bytes]:
    """How a number could stand somewhere without a key: as text, wide text, hex, base64 at each offset, reversed."""
    plain = number.encode()
    wide = number.encode("utf-16-le")
    coded = [base64.b64encode(b"\0" * offset + plain) for offset in range(3)]
    inner = [code[4 if offset else 0 : -4] for offset, code in enumerate(coded)]
    urlsafe = [code.replace(b"+", b"-").replace(b"/", b"_") for code in inner]
    return [plain, wide, plain.hex().encode(), plain.hex().upper().encode(), plain[::-1], *inner, *urlsafe]


def tables() -> Iterator[tuple[str, bytes]]:
    """Every table of the database with all its cells: bytes as they are, everything else as text."""
    for name in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{name}"')
            yield name, b"\n".join(_raw(cell) for row in cursor.fetchall() for cell in row)


def _raw(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, with its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.name.encode() + b"\n" + path.read_bytes()


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every entry of a cache of files: behind the moment it expires they are deflated."""
    for path in sorted(folder.rglob("*.djcache")):
        with path.open("rb") as entry:
            pickle.load(entry)
            yield path.name, zlib.decompress(entry.read())


def dump() -> Iterator[tuple[str, bytes]]:
    """What a thief of the database gets: the file of SQLite, the text that pg_dump writes."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        yield "dump", b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))
        return
    where = ["--host", str(postgres.directory()), "--username", postgres.USER]
    command = ["pg_dump", "--no-owner", *where, "--dbname", connection.settings_dict["NAME"]]
    yield "dump", subprocess.run(command, check=True, capture_output=True).stdout


def found(numbers: set[str], places: Iterator[tuple[str, bytes]]) -> set[str]:
    """The places in which any of the numbers stands in any spelling."""
    wanted = {spelling for number in numbers for spelling in spellings(number)}
    return {name for name, content in places if any(spelling in content for spelling in wanted)}
