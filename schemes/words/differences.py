"""The difference between two contents, line by line: what a publisher reads before publishing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# What tells the entries of a list apart, where they have it.
KEYS = ("code", "name", "scheme", "kind", "value")


@dataclass(frozen=True)
class Difference:
    """One place that differs; "" where there is nothing on that side. `path` names the places from the top down."""

    path: tuple[str, ...]
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every leaf that differs, in the order of the new content; what was removed stands last."""
    old, new = dict(_leaves(before, ())), dict(_leaves(after, ()))
    changed = [Difference(path, old.get(path, ""), text) for path, text in new.items() if old.get(path, "") != text]
    removed = [Difference(path, text, "") for path, text in old.items() if path not in new and text]
    return changed + removed


def _leaves(content: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _leaves(value, (*path, str(name)))
    elif isinstance(content, (list, tuple)) and any(isinstance(entry, (Mapping, list)) for entry in content):
        seen: set[str] = set()
        for place, entry in enumerate(content, 1):
            named = _name_of(entry, place)
            yield from _leaves(entry, (*path, f"{named} ({place})" if named in seen else named))
            seen.add(named)
    else:
        yield path, _text(content)


def _name_of(entry: Any, place: int) -> str:
    if isinstance(entry, Mapping):
        named = next((entry[key] for key in KEYS if isinstance(entry.get(key), str)), "")
        return named or str(place)
    return str(place)


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
