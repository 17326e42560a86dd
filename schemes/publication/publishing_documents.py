"""A policy document comes on record with its clauses, or one that is there is put right.

Clauses are added and corrected, never taken away: values and papers may rest on them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.refusals import Conflict
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, Proposal
from schemes.models.versions import Origin

DOCUMENT_TEXTS = ("title", "number", "issuer", "source", "note", "text")
DOCUMENT_DAYS = ("dated", "published", "in_force_to")
CLAUSE_FIELDS = ("text", "strength", "responsible", "target", "note", "offered_as")


def publish_document(proposal: Proposal) -> PolicyDocument:
    """Write the document and its clauses. Raises Conflict when values would outlive it, or it changed meanwhile."""
    content = proposal.content
    _check_not_overtaken(proposal)
    _check_values_end(content)
    fields = {name: content.get(name, "") for name in DOCUMENT_TEXTS}
    fields |= {name: _day(content.get(name)) for name in DOCUMENT_DAYS}
    fields |= {"division_id": proposal.division_id, "file_id": content.get("file"), "origin": Origin.PEOPLE}
    fields["in_force_from"] = fields["dated"] or fields["published"]
    document, _created = PolicyDocument.objects.update_or_create(code=content["code"], defaults=fields)
    for clause in content["clauses"]:
        _write_clause(document, clause)
    return document


def content_of_document(document: PolicyDocument) -> dict[str, Any]:
    """A document on record as the content of a draft that changes it."""
    content: dict[str, Any] = {"code": document.code, "file": document.file_id}
    content |= {name: getattr(document, name) for name in DOCUMENT_TEXTS}
    content |= {name: _iso(getattr(document, name)) for name in DOCUMENT_DAYS}
    content["clauses"] = [
        {"scheme": clause.scheme_id, "clause": clause.clause, **{name: getattr(clause, name) for name in CLAUSE_FIELDS}}
        for clause in document.clauses.order_by("pk")
    ]
    return content


def _write_clause(document: PolicyDocument, clause: Mapping[str, Any]) -> None:
    key = {"document": document, "scheme_id": clause["scheme"], "clause": clause["clause"]}
    fields = {name: clause.get(name, "") for name in CLAUSE_FIELDS}
    PolicyClause.objects.update_or_create(**key, defaults=fields | {"origin": Origin.PEOPLE})


def _check_not_overtaken(proposal: Proposal) -> None:
    newer = Proposal.objects.filter(
        kind=Proposal.Kind.DOCUMENT,
        state=Proposal.State.PUBLISHED,
        content__code=proposal.content["code"],
        decided_at__gt=proposal.proposed_at,
    )
    if newer.exclude(pk=proposal.pk).exists():
        raise Conflict(_("草案写成以后，这份文件已经改过。请退回草案，由编辑按现在的内容修改。"), code="overtaken")


def _check_values_end(content: Mapping[str, Any]) -> None:
    """A shorter period must not leave values behind that outlive their document."""
    last = _day(content.get("in_force_to"))
    if last is None:
        return
    values = PolicyValue.objects.filter(clause__document=content["code"], successor__isnull=True)
    if any(value.valid_to is None or value.valid_to > last for value in values):
        raise Conflict(_("有参数的有效期超过文件新的截止日期。请先调整这些参数。"), code="values_outlive")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
