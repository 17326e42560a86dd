"""A text of a letter comes into force: for a division, from its day on, or from today where that has passed."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.refusals import Conflict
from schemes.letter_book.subjects import Subject, Text
from schemes.models import LetterVersion, Proposal
from schemes.publication.drafting import Draft
from schemes.publication.letter_texts import text_in_force


def letter_draft(subject: Subject, division: str, text: Text | None, begins: date) -> Draft:
    """A draft of a text; without a text, the withdrawal of the division's own."""
    content: dict[str, Any] = {"code": subject.code, "withdraws": text is None, "in_force_from": begins.isoformat()}
    if text is not None:
        content |= text.content()
    return Draft(Proposal.Kind.LETTER, content, subject.scheme or None, division)


def publish_letter(proposal: Proposal) -> LetterVersion:
    """Add the text. Raises Conflict when the text in force is not the one it was drafted from any more.

    A day that passed while it waited is the day of publication: no paper that is out already ever had this text.
    """
    content, at = proposal.content, proposal.decided_at
    if content["before"] != text_in_force(content["code"], proposal.scheme_id, str(proposal.division_id), at):
        raise Conflict(_("草案写成以后，现行的文字已经变了。请退回草案，由编辑按现在的文字修改。"), code="overtaken")
    texts = {}
    if not content["withdraws"]:
        texts = {
            f"{part}_{language}": content[part][language] for part in ("title", "body") for language in ("zh", "en")
        }
    return LetterVersion.objects.create(
        code=content["code"],
        scheme_id=proposal.scheme_id,
        division_id=proposal.division_id,
        in_force_from=max(date.fromisoformat(content["in_force_from"]), timezone.localdate(at)),
        withdraws=content["withdraws"],
        reason=proposal.reason,
        drafted_by=proposal.proposed_by,
        published_by=proposal.decided_by,
        published_at=at,
        **texts,
    )
