"""Files, what lies in them, holds, hand-over lists and packages; destruction, and what people ask about their data."""

from archives.models.erasures import DraftWarning, Erasure, LegalHold
from archives.models.handovers import Handover
from archives.models.holds import Hold
from archives.models.packages import Package
from archives.models.requests import DataExport, DataRequest
from archives.models.volumes import FiledCase, Piece, Volume

__all__ = [
    "DataExport",
    "DataRequest",
    "DraftWarning",
    "Erasure",
    "FiledCase",
    "Handover",
    "Hold",
    "LegalHold",
    "Package",
    "Piece",
    "Volume",
]
