"""What of a case belongs in its file: a module for each kind of piece, each finding its pieces and writing them out."""

from collections.abc import Iterator
from typing import Protocol

from applications.models import Application
from archives.models import Piece
from archives.sources import attachments, filings, messages, money, notices, opinions, papers, services, trail, visits
from archives.sources.base import Found, Member


class Source(Protocol):
    """Finds the pieces of one kind in a case, and writes one out."""

    def found(self, application: Application) -> Iterator[Found]:
        """The pieces, oldest first."""

    def members(self, application: Application, piece: Piece) -> Iterator[Member]:
        """The files of one piece in a package, in clear."""


# In the order of the catalogue. The chain comes last: it ends with the filing itself.
SOURCES: dict[str, Source] = {
    Piece.Kind.FILING: filings,
    Piece.Kind.ATTACHMENT: attachments,
    Piece.Kind.VISIT: visits,
    Piece.Kind.OPINION: opinions,
    Piece.Kind.NOTICE: notices,
    Piece.Kind.MESSAGES: messages,
    Piece.Kind.PAPER: papers,
    Piece.Kind.SERVICE: services,
    Piece.Kind.PAYMENT: money,
    Piece.Kind.CHAIN: trail,
}


def found_in(application: Application) -> Iterator[tuple[str, Found]]:
    """Every piece of a case with its kind, but for the chain. Raises Conflict where one is not ready or opens not."""
    for kind, source in SOURCES.items():
        if kind != Piece.Kind.CHAIN:
            yield from ((kind, one) for one in source.found(application))


def members_of(piece: Piece) -> Iterator[Member]:
    """The files of a piece. Raises a VaultError or FileNotFoundError where it cannot be opened."""
    yield from SOURCES[piece.kind].members(piece.application, piece)
