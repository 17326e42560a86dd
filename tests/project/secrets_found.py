"""Looking for personal numbers in everything that is stored: each table, each file, in every plain spelling."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection


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


def found(numbers: set[str], places: Iterator[tuple[str, bytes]]) -> set[str]:
    """The places in which any of the numbers stands in any spelling."""
    wanted = {spelling for number in numbers for spelling in spellings(number)}
    return {name for name, content in places if any(spelling in content for spelling in wanted)}
