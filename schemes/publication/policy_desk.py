"""What a user may do with proposals: each act finds it within the user's scope, checks the right, then acts."""

from dataclasses import dataclass
from datetime import datetime

from people.finding import one_of
from people.models import Division, User
from people.refusals import Conflict, Refused
from schemes.models import Proposal
from schemes.publication import drafting, policy_scope, publishing
from schemes.publication.drafting import Draft
from schemes.publication.publishing import Published

State = Proposal.State


@dataclass(frozen=True)
class Acts:
    """What the user may do with a proposal now. `for_another`: one's own, so somebody else has to decide."""

    edit: bool
    submit: bool
    withdraw: bool
    revise: bool
    decide: bool
    for_another: bool


def find(user: User, proposal_id: int, at: datetime) -> Proposal:
    """A proposal the user may see. Raises NotFound."""
    rows = policy_scope.proposals_for(user, at).select_related("division", "clause__document", "revises")
    return one_of(rows, pk=proposal_id)


def acts_of(user: User, proposal: Proposal, at: datetime) -> Acts:
    """What the page offers; the acts check again."""
    mine = proposal.proposed_by == user.username
    edits = mine and _may_draft(user, proposal.kind, proposal.division, at)
    submitted = proposal.state == State.SUBMITTED
    decides = submitted and policy_scope.may_publish(user, proposal, at)
    return Acts(
        edit=edits and proposal.state == State.DRAFT,
        submit=edits and proposal.state == State.DRAFT,
        withdraw=mine and proposal.state in (State.DRAFT, State.SUBMITTED),
        revise=edits and proposal.state in (State.REJECTED, State.WITHDRAWN),
        decide=decides and not mine,
        for_another=submitted and mine,
    )


def begin(user: User, draft: Draft, at: datetime) -> Proposal:
    """A first draft. Raises Refused outside the user's divisions, Invalid."""
    _check_draft(user, draft, at)
    return drafting.begin(draft, by=user.username, at=at)


def change(user: User, proposal_id: int, draft: Draft, edition: int, at: datetime) -> Proposal:
    """Another edition of one's draft; it may not leave the user's divisions."""
    _own(user, proposal_id, at)
    _check_draft(user, draft, at)
    return drafting.change(proposal_id, draft, edition, by=user.username, at=at)


def submit(user: User, proposal_id: int, reason: str, at: datetime, backdated_because: str = "") -> Proposal:
    """Hand one's draft in."""
    proposal = _own(user, proposal_id, at)
    _check_place(user, proposal.kind, proposal.division, at)
    return drafting.submit(proposal_id, reason, by=user.username, at=at, backdated_because=backdated_because)


def withdraw(user: User, proposal_id: int, at: datetime) -> Proposal:
    """Take one's proposal back."""
    _own(user, proposal_id, at)
    return drafting.withdraw(proposal_id, by=user.username, at=at)


def revise(user: User, proposal_id: int, at: datetime) -> Proposal:
    """A new draft of what was rejected or withdrawn."""
    proposal = _own(user, proposal_id, at)
    _check_place(user, proposal.kind, proposal.division, at)
    return drafting.revise(proposal_id, by=user.username, at=at)


def publish(user: User, proposal_id: int, at: datetime, backdated_because: str = "") -> Published:
    """Publish what somebody else submitted within the user's divisions."""
    _check_decides(user, proposal_id, at)
    return publishing.publish(proposal_id, by=user.username, at=at, backdated_because=backdated_because)


def reject(user: User, proposal_id: int, reason: str, at: datetime) -> Proposal:
    """Turn it down."""
    _check_decides(user, proposal_id, at)
    return publishing.reject(proposal_id, reason, by=user.username, at=at)


def _own(user: User, proposal_id: int, at: datetime) -> Proposal:
    proposal = find(user, proposal_id, at)
    if proposal.proposed_by != user.username:
        raise Refused()
    return proposal


def _check_decides(user: User, proposal_id: int, at: datetime) -> None:
    proposal = find(user, proposal_id, at)
    if not policy_scope.may_publish(user, proposal, at):
        raise Refused()


def _check_draft(user: User, draft: Draft, at: datetime) -> None:
    place = Division.objects.filter(pk=draft.division).first() if draft.division else None
    if draft.division and place is None:
        raise Conflict()
    _check_place(user, draft.kind, place, at)


def _check_place(user: User, kind: str, place: Division | None, at: datetime) -> None:
    if not _may_draft(user, kind, place, at):
        raise Refused()


def _may_draft(user: User, kind: str, place: Division | None, at: datetime) -> bool:
    """Values, documents and packages in the user's divisions; versions by every editor."""
    if kind == Proposal.Kind.VERSION:
        return bool(policy_scope.homes(user, policy_scope.EDITOR, at))
    return place is not None and policy_scope.may_edit(user, place, at)
