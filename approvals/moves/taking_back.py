"""撤回: an official takes back what they said, as long as nobody has gone on from there."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.models import Decision, Move, Opinion, PublicNotice
from approvals.moves.opening import moving
from approvals.moves.record import note_move
from approvals.outcomes import Outcome
from approvals.signing.signatures import COSIGN
from people.models import User
from people.refusals import Conflict, Refused
from workflows import taking_back
from workflows.models import WorkItem

# What can be unsaid: opinions that made no paper.
TAKEABLE = frozenset({Outcome.AGREE, Outcome.DISAGREE, Outcome.SEND_BACK})


def take_back(user: User, item_id: int, text: str, at: datetime) -> WorkItem:
    """The seat opens again for the user; what they said stays on record. Raises Conflict when somebody has gone on."""
    with moving(Move.Kind.TAKE_BACK, user, item_id, at, text) as (case, item):
        check_takeable(case.application, item)
        renewed = taking_back.take_back(item, user, at)
        case.save()
        note_move(case, Move.Kind.TAKE_BACK, item=item, text=text)
    return renewed


def check_takeable(application: Application, item: WorkItem) -> None:
    """Whether what was said at a closed item can be taken back now. Raises Refused; Conflict where it is too late."""
    said = Opinion.objects.filter(item=item).order_by("-pk").first()
    # What a second signer said settled the first signature: a new proposal follows, not a second thought.
    if said is None or said.outcome not in TAKEABLE or item.kind == COSIGN:
        raise Refused(_("只有同意、不同意和退回可以撤回；已经出具文书的决定不能撤回。"), code="not_takeable")
    if not application.is_open or said.round != application.round or _became_public(application, item):
        raise Conflict(_("本案已经进入下一步，不能撤回。需要更正的，请联系现在的办理人退回。"), code="gone_on")
    if Move.objects.filter(item=item, kind=Move.Kind.TAKE_BACK).exists() or not taking_back.untouched_after(item):
        raise Conflict(_("下一环节已经签收或办理，不能撤回。需要更正的，请联系现在的办理人退回。"), code="gone_on")


def _became_public(application: Application, item: WorkItem) -> bool:
    """Whether a notice or a paper followed: what was told to people is not unsaid."""
    notices = PublicNotice.objects.filter(application=application, starts_at__gte=item.closed_at)
    return notices.exists() or Decision.objects.filter(application=application, decided_at__gte=item.closed_at).exists()
