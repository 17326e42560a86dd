"""Files, what lies in them, holds, hand-over lists and packages."""

from archives.models.handovers import Handover
from archives.models.holds import Hold
from archives.models.packages import Package
from archives.models.volumes import FiledCase, Piece, Volume

__all__ = ["FiledCase", "Handover", "Hold", "Package", "Piece", "Volume"]
