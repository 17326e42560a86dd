"""What a drafted text of a letter would change, and from which day: for the page of its proposal."""

from datetime import date
from typing import Any

from schemes.letter_book.checking import text_of
from schemes.letter_book.subjects import subject_of
from schemes.models import Proposal
from schemes.words.letter_changes import letter_changes


def letter_preview(proposal: Proposal, today: date) -> dict[str, Any]:
    """The difference to the text in force when it was drafted; of a withdrawal, the text that applies after it."""
    content = proposal.content
    subject = subject_of(content["code"], str(proposal.scheme_id or ""))
    begins = date.fromisoformat(content["in_force_from"])
    found = {"begins": begins, "late": begins < today and not proposal.takes_part, "subject": subject}
    if content["withdraws"]:
        return found
    return found | {"sides": letter_changes(text_of(content["before"]), text_of(content))}
