"""Files written row by row into whatever takes bytes, so that no file of a batch is ever held whole."""

from typing import Protocol

from payouts.columns import Row


class Writer(Protocol):
    """A file being written; it has its beginning already."""

    def add(self, row: Row) -> None:
        """The next line. Raises Invalid for a line that cannot stand in this kind of file."""

    def close(self) -> None:
        """Write the end."""
