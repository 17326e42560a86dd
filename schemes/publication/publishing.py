"""Publishing policy takes two people: one proposes, another publishes or rejects. Each step is an event of `policy`.

Whether the user may propose or publish at all is decided in `policy_desk`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import chain
from people.refusals import Conflict, Invalid
from schemes.building.publishing import publish_package
from schemes.files.loading import STREAM, publish_version
from schemes.models import LetterVersion, PolicyDocument, PolicyValue, Proposal, Scheme, SchemeVersion, current_version
from schemes.models.versions import Origin, content_of
from schemes.publication.drafting import Draft, DraftValue, backdating, begin, check_backdating, record, submit
from schemes.publication.proposal_checks import check_version, days_of
from schemes.publication.proposal_kinds import check
from schemes.publication.publishing_documents import publish_document
from schemes.publication.publishing_letters import publish_letter
from schemes.publication.publishing_values import publish_value_of

__all__ = ["DraftValue", "propose_value", "propose_version", "publish", "reject"]

Published = PolicyValue | SchemeVersion | PolicyDocument | LetterVersion
State = Proposal.State


def propose_value(draft: DraftValue, reason: str, *, by: str, at: datetime, backdated_because: str = "") -> Proposal:
    """Draft a value and submit it. Raises Invalid when it cannot be read or its days are in the wrong order."""
    with transaction.atomic():
        proposal = begin(draft.draft(), by=by, at=at)
        return submit(proposal.pk, reason, by=by, at=at, backdated_because=backdated_because)


def propose_version(content: Mapping[str, Any], reason: str, *, by: str, at: datetime) -> Proposal:
    """Draft a version of a scheme and submit it. Raises Invalid when the definition does not hold together."""
    definition = check_version(content)
    with transaction.atomic():
        draft = Draft(Proposal.Kind.VERSION, content_of(definition), definition.code)
        return submit(begin(draft, by=by, at=at).pk, reason, by=by, at=at)


def publish(proposal_id: int, *, by: str, at: datetime, backdated_because: str = "") -> Published:
    """Publish what somebody else submitted; earlier proposals it takes the place of become superseded.

    Raises Conflict when it is closed, is one's own or was overtaken; Invalid when it does not hold (any more), or
    when its first day has passed meanwhile and nobody has said why it may.
    """
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        chain.locked_head(STREAM)  # one publication at a time: each sees what the one before it left
        check(proposal)
        check_backdating(proposal, proposal.backdated_because or backdated_because, at)
        proposal.backdated_because = proposal.backdated_because or backdated_because.strip()
        _decide(proposal, State.PUBLISHED, by, at)
        published = PUBLISHERS[proposal.kind](proposal)
        earlier = _supersede(proposal)
        record(proposal, "published", by, at, supersedes=earlier, **backdating(proposal))
    return published


def reject(proposal_id: int, reason: str, *, by: str, at: datetime) -> Proposal:
    """Turn a proposal down, with a reason for its author. Raises Conflict when it is closed or is one's own."""
    if not reason.strip():
        raise Invalid(_("请写明退回的理由。"), errors={"reason": str(_("请写明退回的理由。"))})
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        proposal.decision_reason = reason.strip()
        _decide(proposal, State.REJECTED, by, at)
        record(proposal, "rejected", by, at, reason=proposal.decision_reason)
    return proposal


def _locked(proposal_id: int, by: str) -> Proposal:
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("clause__document")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None or proposal.state != State.SUBMITTED:
        raise Conflict(_("这份草案已经处理过了。请返回列表查看。"))
    if proposal.proposed_by == by:
        raise Conflict(_("草案须由另一人发布或退回，请交给同事办理。"), code="four_eyes")
    return proposal


def _decide(proposal: Proposal, state: str, by: str, at: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, at
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision_reason", "backdated_because"])


def _publish_version(proposal: Proposal) -> SchemeVersion:
    """The next version; a scheme that is new comes on record with its first."""
    code, by, at = proposal.scheme_id, proposal.decided_by, proposal.decided_at
    latest = current_version(code)
    if latest is not None and latest.published_at > proposal.proposed_at:
        raise Conflict(_("草案写成以后，这个事项已经发布了新版本。请退回草案，由编辑按新版本修改。"), code="overtaken")
    Scheme.objects.get_or_create(code=code)
    return publish_version(code, latest.number + 1 if latest else 1, proposal.content, Origin.PEOPLE, by, at)


PUBLISHERS: dict[str, Callable[[Proposal], Published]] = {
    Proposal.Kind.VALUE: publish_value_of,
    Proposal.Kind.CONFIRMATION: publish_value_of,
    Proposal.Kind.VERSION: _publish_version,
    Proposal.Kind.DOCUMENT: publish_document,
    Proposal.Kind.PACKAGE: publish_package,
    Proposal.Kind.LETTER: publish_letter,
}
VERSIONS = (Proposal.Kind.VERSION, Proposal.Kind.PACKAGE)


def _supersede(proposal: Proposal) -> list[int]:
    """Mark the published proposals this one takes the place of; their numbers."""
    earlier = [one.pk for one in _published_before(proposal) if _replaces(proposal, one)]
    Proposal.objects.filter(pk__in=earlier).update(state=State.SUPERSEDED, superseded_by=proposal)
    return earlier


def _published_before(proposal: Proposal) -> list[Proposal]:
    same = Proposal.objects.filter(state=State.PUBLISHED).exclude(pk=proposal.pk)
    if proposal.changes_value:
        same = same.filter(
            kind__in=[Proposal.Kind.VALUE, Proposal.Kind.CONFIRMATION],
            scheme=proposal.scheme_id,
            division=proposal.division_id,
            content__name=proposal.content["name"],
        )
    elif proposal.kind in VERSIONS:
        same = same.filter(kind__in=VERSIONS, scheme=proposal.scheme_id)
    else:
        same = same.filter(kind=proposal.kind, content__code=proposal.content["code"])
        if proposal.kind == Proposal.Kind.LETTER:
            same = same.filter(scheme=proposal.scheme_id, division=proposal.division_id)
    return list(same)


def _replaces(proposal: Proposal, earlier: Proposal) -> bool:
    """Of two values only those that meet on some day; of letters those that begin no later; else always the newer."""
    if proposal.kind == Proposal.Kind.LETTER:
        return bool(earlier.content["in_force_from"] <= proposal.content["in_force_from"])
    if not proposal.changes_value:
        return True
    begins, ends = days_of(proposal.content)
    began, ended = days_of(earlier.content)
    return (ends is None or began <= ends) and (ended is None or begins <= ended)
