"""Clauses beside those on record: how alike two are, and what one says that the other does not, in words.

Texts are compared without white space and with one form of each punctuation mark; the ratio is difflib's, 0 to 1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from schemes.building.splitting import sentences_of

FULL_WIDTH = str.maketrans("（），；：！？．０１２３４５６７８９％", "(),;:!?.0123456789%")
BLANKS = re.compile(r"\s+")
# How many of the closest by their pairs of signs are compared sign by sign.
CANDIDATES = 4
WORTH_SHOWING = 0.25


@dataclass(frozen=True)
class OnRecord:
    """A clause on record: of which division and scheme, where it stands, its words."""

    division: str
    scheme: str
    document: str
    place: str
    text: str


@dataclass(frozen=True)
class Match:
    """The clause on record that is most like a new one; `text` is the passage of the new one that was compared,
    `before` that of the clause on record.
    """

    clause: OnRecord
    ratio: float
    text: str
    before: str

    @property
    def percent(self) -> int:
        """How alike they are, in percent."""
        return round(self.ratio * 100)


@dataclass(frozen=True)
class Piece:
    """A run of signs that both have, that only the new text has (added) or only the old one (removed)."""

    kind: Literal["same", "added", "removed"]
    text: str


def normalised(text: str) -> str:
    """The text as it is compared."""
    return BLANKS.sub("", text).translate(FULL_WIDTH)


def ratio(one: str, other: str) -> float:
    """How alike two texts are."""
    return SequenceMatcher(None, normalised(one), normalised(other), autojunk=False).ratio()


def differences(before: str, after: str) -> list[Piece]:
    """What became of `before` in `after`, in order."""
    old, new = normalised(before), normalised(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", old[a:b]))
            continue
        pieces += [Piece("removed", old[a:b])] if b > a else []
        pieces += [Piece("added", new[c:d])] if d > c else []
    return pieces


class Record:
    """The clauses on record, whole and sentence by sentence, ready to be looked through."""

    def __init__(self, clauses: Iterable[OnRecord]) -> None:
        passages: dict[str, OnRecord] = {}
        for clause in sorted(clauses, key=lambda one: (one.document, one.place, one.scheme)):
            for text in (clause.text, *sentences_of(clause.text)):
                passages.setdefault(text, clause)
        self._passages = [(clause, text, _pairs(normalised(text))) for text, clause in passages.items()]

    def best(self, text: str) -> Match | None:
        """The most similar clause or sentence to the whole text or one of its sentences; None when nothing is."""
        passages = dict.fromkeys([text, *sentences_of(text)])
        matches = [match for passage in passages if (match := self._best_of(passage))]
        return max(matches, key=lambda match: match.ratio, default=None)

    def _best_of(self, passage: str) -> Match | None:
        pairs = _pairs(normalised(passage))
        near = sorted(self._passages, key=lambda entry: _overlap(pairs, entry[2]), reverse=True)[:CANDIDATES]
        matches = [Match(clause, ratio(text, passage), passage, text) for clause, text, _pairs_of in near]
        best = max(matches, key=lambda match: match.ratio, default=None)
        return best if best and best.ratio >= WORTH_SHOWING else None


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0
