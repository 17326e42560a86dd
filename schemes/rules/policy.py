"""Policy as the rules see it: typed values, and the document and clause each rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """One policy value in force. `assumed`: no policy document states it, or it was overridden in a what-if."""

    value: Any
    assumed: bool
    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The values of one scheme in one division on one day, and the clause of the scheme itself."""

    values: Mapping[str, Given]
    document: str = ""
    clause: str = ""

    def value(self, name: str) -> Any:
        """The typed value. Raises KeyError; ask `absent` first."""
        return self.values[name].value

    def absent(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of these names have no value here."""
        return tuple(name for name in names if name not in self.values)

    def cited_for(self, name: str) -> tuple[str, str]:
        """Document and clause of a value; those of the scheme where the value has none of its own."""
        given = self.values.get(name)
        if given is None or not given.document:
            return self.document, self.clause
        return given.document, given.clause

    def assumes(self, names: Iterable[str]) -> bool:
        """Whether any of these values is assumed."""
        return any(name in self.values and self.values[name].assumed for name in names)
