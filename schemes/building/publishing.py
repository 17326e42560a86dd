"""A package comes into force: scheme, version, cases, document, clauses and values, or nothing of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit import chain
from people.joining import listed
from people.refusals import Conflict
from schemes.assessing import Assessor
from schemes.building.dry_run import tried
from schemes.building.package import Package
from schemes.files.loading import STREAM, publish_version
from schemes.models import CaseBook, PolicyClause, PolicyValue, Proposal, Scheme, SchemeVersion, current_version
from schemes.models.versions import Origin, content_of
from schemes.publication.publishing_documents import publish_document
from schemes.publication.publishing_values import publish_value_of

Kind = Proposal.Kind


def publish_package(proposal: Proposal) -> SchemeVersion:
    """Write it all, then try the cases on what is now in force. Raises Conflict: the caller's transaction then
    takes everything back.
    """
    package = Package.of(proposal.content)
    version = _version(package, proposal)
    CaseBook.objects.create(version=version, cases=list(package.cases))
    if package.document is not None:
        _document(package, proposal)
    values = [_value(package, proposal, value) for value in package.values]
    _check_cases(package, version)
    written = {"version": version.number, "document": (package.document or {}).get("code", "")}
    written |= {"values": [value.pk for value in values], "cases": len(package.cases)}
    chain.append(
        STREAM, "policy.package", actor=proposal.decided_by, subject=package.code, data=written, at=proposal.decided_at
    )
    return version


def _version(package: Package, proposal: Proposal) -> SchemeVersion:
    latest = current_version(package.code)
    number = latest.number if latest else 0
    if number != package.base:
        raise Conflict(_("草案写成以后，这个事项已经发布了新版本。请退回草案，由编辑按新版本修改。"), code="overtaken")
    Scheme.objects.get_or_create(code=package.code)
    content = content_of(package.definition())
    return publish_version(package.code, number + 1, content, Origin.PEOPLE, proposal.decided_by, proposal.decided_at)


def _document(package: Package, proposal: Proposal) -> None:
    publish_document(_part(proposal, Kind.DOCUMENT, package.named_document() or {}))


def _value(package: Package, proposal: Proposal, value: Mapping[str, Any]) -> PolicyValue:
    content = {name: value[name] for name in ("name", "value", "basis", "note", "valid_from", "valid_to")}
    clause = PolicyClause.objects.get(
        document=(package.document or {})["code"], scheme=package.code, clause=value["clause"]
    )
    return publish_value_of(_part(proposal, Kind.VALUE, content, scheme_id=package.code, clause=clause))


def _part(proposal: Proposal, kind: str, content: Mapping[str, Any], **more: Any) -> Proposal:
    """A part of the package as a proposal of its own kind; it is never saved."""
    stamps = {"proposed_at": proposal.proposed_at, "decided_by": proposal.decided_by, "decided_at": proposal.decided_at}
    return Proposal(
        pk=proposal.pk, kind=kind, content=dict(content), division_id=proposal.division_id, **stamps, **more
    )


def _check_cases(package: Package, version: SchemeVersion) -> None:
    assessor = Assessor(package.code, version)

    def assess(division: str, on: date, facts: Mapping[str, Any]) -> Any:
        return assessor.assess(division, on, facts)

    failing = [case["name"] for case in package.cases if not tried(case, assess).passes]
    if failing:
        text = _("用例与预期不符，没有发布：%(names)s。请退回草案，由编辑修改。")
        raise Conflict(text % {"names": listed(failing)}, code="cases_fail")
