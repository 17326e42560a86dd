"""Papers and what belongs to them."""

from papers.models.counters import Counter
from papers.models.papers import Paper
from papers.models.renditions import Form, ReadingWish, Rendition
from papers.models.seals import Scan, Seal, SealUse
from papers.models.service import PaperService
from papers.models.voiding import PaperVoid

__all__ = [
    "Counter",
    "Form",
    "Paper",
    "PaperService",
    "PaperVoid",
    "ReadingWish",
    "Rendition",
    "Scan",
    "Seal",
    "SealUse",
]
