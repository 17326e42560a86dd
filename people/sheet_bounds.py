"""How far a sheet of an XLSX file reaches, read off its XML before a reader makes room for it.

Two cells in opposite corners fit into a kilobyte, and a reader would make room for all between them.
"""

import re
import zipfile
from collections.abc import Iterable

SHEET = b"sheetData"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
PLACE = re.compile(rb"""\sr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
NAMED = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")


class OutOfBoundsError(Exception):
    """A sheet reaches further than it may, or says where its cells are in a way nobody can check."""


def check_bounds(packed: zipfile.ZipFile, rows: int, columns: int) -> None:
    """Every sheet, under whatever name, ends within so many rows and columns. Raises OutOfBoundsError."""
    for part in packed.infolist():
        content = packed.read(part)
        if SHEET in content or content.startswith(OTHER_ENCODINGS):
            _check(content, rows, columns)


def _check(content: bytes, rows: int, columns: int) -> None:
    if content.startswith(OTHER_ENCODINGS):
        raise OutOfBoundsError
    lines = ROW.split(content)
    if len(lines) - 1 > rows or any(len(CELL.findall(line)) > columns for line in lines):
        raise OutOfBoundsError
    for place in _places(content):
        named = NAMED.fullmatch(place)
        if named is None or int(named[2]) > rows or _column(named[1]) > columns:
            raise OutOfBoundsError


def _places(content: bytes) -> Iterable[bytes]:
    return (one or other for one, other in PLACE.findall(content))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
