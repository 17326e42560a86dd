"""Where things stand in a TOML file: the line of a key, so that a mistake can be found.

A plain walk over the lines: table headers, keys at the beginning of a line; text and lists over several lines are
passed over. What stands inside such a list is told by the line of its key.
"""

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*([A-Za-z0-9_.\-]+)\s*=\s*(.*)$")
Path = tuple[str | int, ...]


class Places:
    """The line (from 1) of every table and key of one file."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._rows = text.splitlines()
        self._walk()

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the deepest part of a path that stands in the file."""
        whole = tuple(path)
        return next(self.lines[whole[:size]] for size in range(len(whole), -1, -1) if whole[:size] in self.lines)

    def line_with(self, word: str, key: str = "") -> int | None:
        """The first line that holds a word in quotes (as the value of `key`) or as a key; None when no line does."""
        quoted = rf'"{re.escape(word)}"'
        pattern = re.compile(rf"{key}\s*=\s*{quoted}" if key else rf"{quoted}|^\s*{re.escape(word)}\s*=")
        return next((number for number, row in enumerate(self._rows, 1) if pattern.search(row)), None)

    def _walk(self) -> None:
        open_until = ""
        for number, row in enumerate(self._rows, 1):
            if open_until:
                open_until = "" if _closes(row, open_until) else open_until
                continue
            if header := HEADER.match(row):
                self._enter(header[2].split("."), number, listed=header[1] == "[[")
            elif key := KEY.match(row):
                self._note((*self._table, *key[1].split(".")), number)
                open_until = _left_open(key[2])

    def _enter(self, names: list[str], number: int, *, listed: bool) -> None:
        """A table header: lists on the way go by their latest entry."""
        path: Path = ()
        for name in names[:-1]:
            path = self._latest((*path, name))
        path = (*path, names[-1])
        if listed:
            self._counts[path] = self._counts.get(path, -1) + 1
        self._table = self._latest(path)
        self._note(self._table, number)

    def _latest(self, path: Path) -> Path:
        return (*path, self._counts[path]) if path in self._counts else path

    def _note(self, path: Path, number: int) -> None:
        self.lines.setdefault(path, number)


def _left_open(value: str) -> str:
    """What closes a value that goes on over more lines, "" when it ends on its own line."""
    for mark in ('"""', "'''"):
        if value.startswith(mark):
            return "" if mark in value[3:] else mark
    return "]" if value.startswith("[") and value.count("[") > value.count("]") else ""


def _closes(row: str, mark: str) -> bool:
    return row.strip().startswith("]") if mark == "]" else mark in row
