"""Publishing policy takes two people: one proposes, another publishes or rejects. Each step is an event of `policy`.

Whether the user may propose or publish at all (roles policy_editor, policy_publisher) is for the caller to check.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from audit import chain
from people.refusals import Conflict, Invalid
from schemes.definition import SchemeDefinition
from schemes.loading import STREAM, content_digest, publish_value, publish_version, storable
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, Proposal, SchemeVersion, current_version
from schemes.models.versions import Origin, content_of
from schemes.rules.parsing import BadValueError
from schemes.rules.values import READERS, read_value


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


def register_document(fields: Mapping[str, Any], *, by: str, at: datetime) -> PolicyDocument:
    """Put a policy document on record. It is in force from its date, its publication day where it has none."""
    begins = fields.get("dated") or fields.get("published")
    if begins is None:
        raise Invalid(_("请填写成文日期；没有成文日期的，填写公布日期。"))
    with transaction.atomic():
        document = PolicyDocument.objects.create(**fields, in_force_from=begins)
        chain.append(STREAM, "document.registered", actor=by, subject=document.code, data=dict(fields), at=at)
    return document


def register_clause(
    document: PolicyDocument, scheme: str, clause: str, text: str, strength: str, *, by: str, at: datetime
) -> PolicyClause:
    """Put a clause of a document on record, word for word."""
    with transaction.atomic():
        row = PolicyClause.objects.create(
            document=document, scheme_id=scheme, clause=clause, text=text, strength=strength
        )
        data = {"document": document.code, "scheme": scheme, "clause": clause, "text": text}
        chain.append(STREAM, "clause.registered", actor=by, subject=scheme, data=data, at=at)
    return row


def propose_value(draft: DraftValue, reason: str, *, by: str, at: datetime) -> Proposal:
    """Draft a value. Raises Invalid when it cannot be read or its days are in the wrong order."""
    _check_value(draft.name, draft.value)
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        raise Invalid(_("失效日期不能早于生效日期。"))
    content = {
        "name": draft.name,
        "value": storable(draft.value),
        "basis": draft.basis,
        "note": draft.note,
        "valid_from": draft.valid_from.isoformat(),
        "valid_to": draft.valid_to.isoformat() if draft.valid_to else None,
    }
    proposal = Proposal(
        kind=Proposal.Kind.VALUE,
        scheme_id=draft.scheme,
        division_id=draft.division,
        clause=draft.clause,
        content=content,
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    return _proposed(proposal)


def propose_version(content: Mapping[str, Any], reason: str, *, by: str, at: datetime) -> Proposal:
    """Draft a new version of a scheme. Raises Invalid when the definition does not hold together."""
    try:
        definition = SchemeDefinition.model_validate(content)
    except ValidationError as error:
        raise Invalid(_("事项定义不完整或前后不一致，请按校验结果修改。"), errors=_faults(error)) from error
    proposal = Proposal(
        kind=Proposal.Kind.VERSION,
        scheme_id=definition.code,
        content=content_of(definition),
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    return _proposed(proposal)


def publish(proposal_id: int, *, by: str, at: datetime) -> PolicyValue | SchemeVersion:
    """Publish a proposal somebody else made. Raises Conflict when it is closed or is one's own."""
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        proposal.state = Proposal.State.PUBLISHED
        proposal.decided_by, proposal.decided_at = by, at
        proposal.save(update_fields=["state", "decided_by", "decided_at"])
        published = _publish_value(proposal) if proposal.kind == Proposal.Kind.VALUE else _publish_version(proposal)
        _record(proposal, "published", by, at)
    return published


def reject(proposal_id: int, reason: str, *, by: str, at: datetime) -> Proposal:
    """Turn a proposal down. Raises Conflict when it is closed or is one's own."""
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        proposal.state = Proposal.State.REJECTED
        proposal.decided_by, proposal.decided_at = by, at
        proposal.save(update_fields=["state", "decided_by", "decided_at"])
        _record(proposal, "rejected", by, at, reason=reason)
    return proposal


def _check_value(name: str, value: Any) -> None:
    if name not in READERS:
        raise Invalid(_("没有这个政策参数。"))
    try:
        read_value(name, value)
    except BadValueError as error:
        message = error.message.in_language(get_language() or "")
        raise Invalid(message, errors={"value": message}) from error


def _faults(error: ValidationError) -> dict[str, str]:
    return {".".join(map(str, fault["loc"])) or "definition": fault["msg"] for fault in error.errors()}


def _proposed(proposal: Proposal) -> Proposal:
    with transaction.atomic():
        proposal.save(force_insert=True)
        _record(proposal, "proposed", proposal.proposed_by, proposal.proposed_at, reason=proposal.reason)
    return proposal


def _locked(proposal_id: int, by: str) -> Proposal:
    proposal = Proposal.objects.select_for_update(no_key=True).filter(pk=proposal_id).first()
    if proposal is None or proposal.state != Proposal.State.OPEN:
        raise Conflict(_("这份草案已经处理过了。请返回列表查看。"))
    if proposal.proposed_by == by:
        raise Conflict(_("草案须由另一人发布或退回，请交给同事办理。"), code="four_eyes")
    return proposal


def _record(proposal: Proposal, step: str, by: str, at: datetime, **more: str) -> None:
    data = {"proposal": proposal.pk, "kind": proposal.kind, "division": proposal.division_id or "", **more}
    if proposal.kind == Proposal.Kind.VALUE:
        data["content"] = proposal.content
    else:
        data["digest"] = content_digest(proposal.content)
    chain.append(STREAM, f"policy.{step}", actor=by, subject=proposal.scheme_id, data=data, at=at)


def _publish_version(proposal: Proposal) -> SchemeVersion:
    latest = current_version(proposal.scheme_id)
    number = latest.number + 1 if latest else 1
    by, at = proposal.decided_by, proposal.decided_at
    return publish_version(proposal.scheme_id, number, proposal.content, Origin.PEOPLE, by, at)


def _publish_value(proposal: Proposal) -> PolicyValue:
    """Add the value; what it replaces ends the day before it begins."""
    content = proposal.content
    begins = date.fromisoformat(content["valid_from"])
    ends = date.fromisoformat(content["valid_to"]) if content["valid_to"] else None
    replaced = _cut_short(proposal, begins, ends)
    fields = {
        "scheme_id": proposal.scheme_id,
        "division_id": proposal.division_id,
        "clause": proposal.clause,
        **{name: content[name] for name in ("name", "value", "basis", "note")},
        "valid_from": begins,
        "valid_to": ends,
    }
    return publish_value(fields, replaced, Origin.PEOPLE, proposal.decided_by, proposal.decided_at)


def _cut_short(proposal: Proposal, begins: date, ends: date | None) -> PolicyValue | None:
    """The row the new value supersedes: one that would not live a day beside it. A row that began before is cut
    short by a row of its own. Raises Conflict where a row reaches beyond the new value's last day.
    """
    rows = PolicyValue.objects.filter(
        scheme=proposal.scheme_id, division=proposal.division_id, name=proposal.content["name"], successor__isnull=True
    )
    superseded = None
    for row in (row for row in rows if row.overlaps(begins, ends)):
        if ends is not None and (row.valid_to is None or row.valid_to > ends):
            raise Conflict(_("现行参数的有效期超出草案的失效日期。请把草案的有效期延长，或先调整现行参数。"))
        if row.valid_from < begins:
            _end_before(row, begins, proposal)
        elif superseded is None:
            superseded = row
        else:
            raise Conflict(_("草案的有效期覆盖了多条现行参数。请分段提出草案。"))
    return superseded


def _end_before(row: PolicyValue, begins: date, proposal: Proposal) -> None:
    fields = {name: getattr(row, name) for name in ("name", "value", "basis", "note", "valid_from")}
    fields |= {"scheme_id": row.scheme_id, "division_id": row.division_id, "clause_id": row.clause_id}
    fields["valid_to"] = begins - timedelta(days=1)
    publish_value(fields, row, Origin.PEOPLE, proposal.decided_by, proposal.decided_at)
