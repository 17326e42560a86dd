"""Geometry of the pictures the server draws. Templates turn it into SVG; no script, no floating style."""

import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

STEP_WIDTH = 150
STEP_MIDDLE = STEP_WIDTH // 2
LINE_Y = 30
RADIUS = 15
FIRST_LABEL_Y = 74
LABEL_LEADING = 24
LABEL_UNITS = 14
LABEL_LINES = 3
BAR_WIDTH = 400
BAR_STEP = 52  # a line for the label and the figure, the bar below it
BAR_LABEL_UNITS = 34
# A line begins with no closing mark and ends with no opening one.
CLOSING = "）〕】》」』”’、，。；：？！"
OPENING = "（〔【《「『“‘"


def _units(text: str) -> int:
    """Width of a text in half-width letters: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a word of letters, after any Chinese character, never on a mark's wrong side."""
    pieces = [""]
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        wide = unicodedata.east_asian_width(letter) in "WF"
        held = letter in OPENING or (following != "" and following in CLOSING)
        if letter == " " or (wide and not held):
            pieces[-1] += letter
            pieces.append("")
        else:
            pieces[-1] += letter
    return [piece for piece in pieces if piece]


def _filled(text: str, units: int) -> list[str]:
    """The text in lines as full as they may be."""
    found = [""]
    for piece in _pieces(text):
        if found[-1] and _units((found[-1] + piece).rstrip()) > units:
            found.append("")
        found[-1] += piece
    return found


def wrapped(text: str, units: int = LABEL_UNITS, lines: int = LABEL_LINES) -> list[str]:
    """A label broken into a few short lines of like length; what does not fit ends in an ellipsis."""
    most = len(_filled(text, units))
    tries = (_filled(text, width) for width in range(1, units + 1))
    found = next((rows for rows in tries if len(rows) == most), [text]) if most <= lines else _filled(text, units)
    kept = [line.strip() for line in found[:lines]]
    if len(found) > lines:
        kept[-1] += "…"
    return kept


@dataclass(frozen=True)
class Stop:
    """One stage of the route as drawn: its circle, its mark and its label lines."""

    x: int
    state: str
    lines: list[tuple[int, str]]


@dataclass(frozen=True)
class Route:
    """The whole line: size, the stops and the stretches between them (from, to, whether already behind us)."""

    width: int
    height: int
    stops: list[Stop] = field(default_factory=list)
    stretches: list[tuple[int, int, bool]] = field(default_factory=list)


def route(stages: list[dict]) -> Route:
    """Lay out stages (``label``, ``state``: done, current or waiting) on one line from left to right."""
    stops = [_stop(place, stage) for place, stage in enumerate(stages)]
    stretches = [(before.x + RADIUS, after.x - RADIUS, before.state == "done") for before, after in pairwise(stops)]
    tallest = max((len(stop.lines) for stop in stops), default=0)
    height = FIRST_LABEL_Y + LABEL_LEADING * max(tallest - 1, 0) + 12
    return Route(STEP_WIDTH * len(stops), height, stops, stretches)


def _stop(place: int, stage: dict) -> Stop:
    lines = [(FIRST_LABEL_Y + LABEL_LEADING * row, text) for row, text in enumerate(wrapped(str(stage["label"])))]
    return Stop(STEP_WIDTH * place + STEP_MIDDLE, stage["state"], lines)


@dataclass(frozen=True)
class Bar:
    """One bar: where it lies and how long it is, in drawing units."""

    y: int
    length: int
    plan: int | None


def bars(values: list[int], plans: list[int | None] | None = None) -> list[Bar]:
    """Bars for whole numbers (money in fen, counts), the longest filling the width; ``plans`` adds a target mark."""
    targets = plans or [None] * len(values)
    longest = max([*values, *(plan for plan in targets if plan is not None), 1])
    scaled = [(value * BAR_WIDTH // longest, plan) for value, plan in zip(values, targets, strict=True)]
    return [
        Bar(BAR_STEP * row, length, None if plan is None else plan * BAR_WIDTH // longest)
        for row, (length, plan) in enumerate(scaled)
    ]
