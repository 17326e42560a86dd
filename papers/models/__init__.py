"""Papers and what belongs to them."""

from papers.models.counters import Counter
from papers.models.papers import Paper

__all__ = ["Counter", "Paper"]
