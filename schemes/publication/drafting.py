"""The life of a proposal until somebody else decides: drafted, changed, submitted, withdrawn, drafted anew.

Each step is an event of `policy`. Whether the user may do it at all is decided in `policy_desk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import chain
from people.refusals import Conflict, Invalid
from schemes.files.loading import STREAM, content_digest, storable
from schemes.models import PolicyClause, Proposal
from schemes.publication.letter_texts import beside_text_in_force
from schemes.publication.proposal_checks import begins_in_the_past
from schemes.publication.proposal_kinds import check

Kind, State = Proposal.Kind, Proposal.State
BACKDATED = _("生效日期已经过去。请写明为什么从过去的日期起生效。")


@dataclass(frozen=True)
class Draft:
    """What is proposed. A value names scheme, division and clause, a version its scheme, a document, package or
    letter its division.
    """

    kind: str
    content: Mapping[str, Any]
    scheme: str | None = None
    division: str | None = None
    clause: PolicyClause | None = None


@dataclass(frozen=True)
class DraftValue:
    """A policy value somebody proposes; it rests on `clause`, in force from a day to a day (None: open)."""

    scheme: str
    division: str
    name: str
    value: Any
    clause: PolicyClause
    basis: str
    valid_from: date
    valid_to: date | None = None
    note: str = ""

    def draft(self, kind: str = Kind.VALUE) -> Draft:
        """The same as a draft of its kind."""
        content = {
            "name": self.name,
            "value": storable(self.value),
            "basis": self.basis,
            "note": self.note,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
        }
        return Draft(kind, content, self.scheme, self.division, self.clause)


def begin(draft: Draft, *, by: str, at: datetime, revises: Proposal | None = None) -> Proposal:
    """Put a first draft on record. Raises Invalid for a value that cannot be read."""
    proposal = Proposal(**_fields(draft, at), proposed_by=by, proposed_at=at, revises=revises)
    _check_early(proposal)
    with transaction.atomic():
        proposal.save(force_insert=True)
        record(proposal, "drafted", by, at, **({"revises": revises.pk} if revises else {}))
    return proposal


def change(proposal_id: int, draft: Draft, edition: int, *, by: str, at: datetime) -> Proposal:
    """Save another edition of one's draft. Raises Conflict when it is no draft any more, or was saved meanwhile."""
    with transaction.atomic():
        proposal = own(proposal_id, by, State.DRAFT)
        if proposal.edition != edition:
            raise Conflict(_("这份草稿已在另一个页面保存过。请返回草稿，按最新内容修改。"), code="stale")
        for name, value in _fields(draft, at).items():
            setattr(proposal, name, value)
        proposal.edition += 1
        _check_early(proposal)
        proposal.save()
        record(proposal, "redrafted", by, at, edition=proposal.edition)
    return proposal


def submit(proposal_id: int, reason: str, *, by: str, at: datetime, backdated_because: str = "") -> Proposal:
    """Hand a draft in; from now on it is not changed. Raises Invalid when it is not ready, Conflict when it is gone."""
    with transaction.atomic():
        proposal = own(proposal_id, by, State.DRAFT)
        check(proposal)
        if not reason.strip():
            raise Invalid(_("请写明提交的理由。"), errors={"reason": str(_("请写明提交的理由。"))})
        check_backdating(proposal, backdated_because, at)
        proposal.reason, proposal.backdated_because = reason.strip(), backdated_because.strip()
        proposal.state, proposal.submitted_at = State.SUBMITTED, at
        proposal.save(update_fields=["reason", "backdated_because", "state", "submitted_at"])
        record(proposal, "submitted", by, at, reason=proposal.reason, **backdating(proposal))
    return proposal


def withdraw(proposal_id: int, *, by: str, at: datetime) -> Proposal:
    """Take one's draft or submission back. Raises Conflict when it has been decided."""
    with transaction.atomic():
        proposal = own(proposal_id, by, State.DRAFT, State.SUBMITTED)
        proposal.state, proposal.withdrawn_at = State.WITHDRAWN, at
        proposal.save(update_fields=["state", "withdrawn_at"])
        record(proposal, "withdrawn", by, at)
    return proposal


def revise(proposal_id: int, *, by: str, at: datetime) -> Proposal:
    """A new draft with the content of one's rejected or withdrawn proposal."""
    with transaction.atomic():
        old = own(proposal_id, by, State.REJECTED, State.WITHDRAWN)
        draft = Draft(old.kind, old.content, old.scheme_id, old.division_id, old.clause)
        return begin(draft, by=by, at=at, revises=old)


def own(proposal_id: int, by: str, *states: str) -> Proposal:
    """One's own proposal, locked, in one of the states. Raises Conflict."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("clause__document")
    proposal = rows.filter(pk=proposal_id, proposed_by=by).first()
    if proposal is None or proposal.state not in states:
        raise Conflict(_("这份草案已经处理过了。请返回列表查看。"))
    return proposal


def check_backdating(proposal: Proposal, because: str, at: datetime) -> None:
    """A value may begin in the past only with a reason. Raises Invalid."""
    if begins_in_the_past(proposal, timezone.localdate(at)) and not because.strip():
        raise Invalid(str(BACKDATED), code="backdated", errors={"backdated_because": str(BACKDATED)})


def backdating(proposal: Proposal) -> dict[str, str]:
    """The reason for a beginning in the past, as the event tells it."""
    return {"backdated_because": proposal.backdated_because} if proposal.backdated_because else {}


def record(proposal: Proposal, step: str, by: str, at: datetime, **more: Any) -> None:
    """The event of a step; a value is told as it is, the long contents by their digest."""
    data = {"proposal": proposal.pk, "kind": proposal.kind, "division": proposal.division_id or "", **more}
    if proposal.changes_value:
        data["content"] = proposal.content
    else:
        data["digest"] = content_digest(proposal.content)
    subject = proposal.scheme_id or proposal.content.get("code", "")
    chain.append(STREAM, f"policy.{step}", actor=by, subject=subject, data=data, at=at)


def _fields(draft: Draft, at: datetime) -> dict[str, Any]:
    content = dict(draft.content)
    if draft.kind == Kind.LETTER:
        content = beside_text_in_force(content, draft.scheme, draft.division, at)
    return {
        "kind": draft.kind,
        "scheme_id": draft.scheme,
        "division_id": draft.division,
        "clause": draft.clause,
        "content": content,
    }


def _check_early(proposal: Proposal) -> None:
    """What is short is right from its first draft on. Documents and versions grow, they are checked later."""
    if proposal.changes_value or proposal.kind == Kind.LETTER:
        check(proposal)
