"""The kinds of notices: data in kinds.toml, checked when first read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "kinds.toml"
CHINESE, ENGLISH = "zh-hans", "en"
ASKED_LASTS = timedelta(minutes=15)  # how long what somebody asked for serves, as the words of these kinds say


@dataclass(frozen=True)
class Kind:
    """One kind of notice. `out_zh` and `out_en` are empty for what is told on the site only."""

    code: str
    version: int
    zh: str
    en: str
    out_zh: str = ""
    out_en: str = ""
    events: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    asked: bool = False

    def site_text(self, language: str, values: Mapping[str, str]) -> str:
        """What the site says."""
        return (self.en if language == ENGLISH else self.zh).format_map(values)

    def out_text(self, language: str, values: Mapping[str, str]) -> str:
        """What a message that leaves the site says to somebody who alone reads it; "" when none leaves."""
        return (self.out_en if language == ENGLISH else self.out_zh).format_map(values)


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Every kind by its code. Raises TypeError for a key that is none of a kind's."""
    found = tomllib.loads(FILE.read_text("utf-8"))
    return {code: Kind(code, events=tuple(told.pop("events", ())), **told) for code, told in found.items()}


def kind(code: str) -> Kind:
    """One kind. Raises KeyError for a code there is none of."""
    return all_kinds()[code]


@cache
def _by_event() -> Mapping[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for one in all_kinds().values():
        for event in one.events:
            found[event] = (*found.get(event, ()), one)
    return found


def kind_for(action: str, data: Mapping[str, Any]) -> Kind | None:
    """What an event tells the people of its case; None for one that concerns officials only."""
    fitting = (
        one for one in _by_event().get(action, ()) if all(data.get(key) == value for key, value in one.where.items())
    )
    return next(fitting, None)
