"""What the page of a paper tells of its other forms."""

from dataclasses import dataclass

from papers.forms_of_reading.asking import large_print_of
from papers.forms_of_reading.wishes import wish_of
from papers.models import Form, Paper, Rendition
from people.models import User


@dataclass(frozen=True)
class FormsShown:
    """The large print of a paper, None before somebody asked for it, and what its reader wishes for."""

    large: Rendition | None
    wish: Form

    @property
    def large_state(self) -> str:
        """ready, queued, failed, or "" before anybody asked."""
        return self.large.state if self.large else ""


def forms_of(paper: Paper, reader: User) -> FormsShown:
    """The forms of a paper, for the page; `reader` is whom it was sent to."""
    return FormsShown(large_print_of(paper), Form(wish_of(reader)))
