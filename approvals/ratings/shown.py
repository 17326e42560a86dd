"""A rating with its words, for those who may read it."""

from dataclasses import dataclass

from applications.models import Application
from approvals.history.entries import readable
from approvals.models import Rating
from approvals.ratings.answering import ANSWER
from approvals.ratings.rating import REASONS, TEXT
from people.joining import listed


@dataclass(frozen=True)
class ShownRating:
    """A rating in clear."""

    rating: Rating
    level: str
    reasons: str
    text: str
    answer: str


def shown(application: Application, rating: Rating) -> ShownRating:
    """One rating of the case."""
    key = application.data_key
    return ShownRating(
        rating=rating,
        level=str(Rating.Level(rating.level).label),
        reasons=listed(str(REASONS[code]) for code in rating.reasons if code in REASONS),
        text=readable(key, rating.text, TEXT),
        answer=readable(key, rating.answer, ANSWER),
    )
