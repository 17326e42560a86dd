"""作废 by the office that issued a paper in error: with a reason, before service, where nothing rests on it."""

from datetime import datetime

from applications import door
from approvals.issued import access
from papers import reading, voiding
from papers.models import PaperVoid
from people.models import User
from people.refusals import Refused


def void(user: User, public_id: str, pk: int, reason: str, at: datetime) -> PaperVoid:
    """Declare a paper of a case void. Raises NotFound, Refused, Invalid (no reason), Conflict (see papers.voiding)."""
    access.paper_for(user, public_id, pk, at)
    with door.open_case(public_id, user=user, at=at) as case:
        paper = reading.papers_of(public_id).get(pk=pk)
        if not access.may_void(user, case.application, paper, at):
            raise Refused(code="not_signer")
        voided = voiding.void(paper, reason, user, at)
        case.record("paper.voided", paper=paper.number)
    return voided
