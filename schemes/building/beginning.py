"""How a package begins: on a document on record, on a drafted one, on a published scheme."""

from datetime import datetime
from typing import Any

from django.db import transaction

from people.models import User
from schemes.building.comparing import OnRecord, Record
from schemes.building.package import Package
from schemes.models import CaseBook, PolicyClause, PolicyDocument, Proposal, current_version
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft
from schemes.publication.publishing_documents import content_of_document

Kind = Proposal.Kind


def begin(user: User, division: str, scheme: str, document: str, at: datetime) -> Proposal:
    """A draft on a published scheme ("" for a new one) and a document on record ("" for none)."""
    package = _on_scheme(scheme) if scheme else Package(own={})
    row = PolicyDocument.objects.filter(pk=document, division=division).first() if document else None
    if row is not None:
        package = Package(package.own, content_of_document(row), package.values, package.cases, package.base)
    return policy_desk.begin(user, draft_of(package, division), at)


def take_over(user: User, drafted: Proposal, clauses: list[dict[str, Any]], at: datetime) -> Proposal:
    """A package for a new scheme takes a drafted document along; the document's own draft is withdrawn."""
    document = drafted.content | {"clauses": [*drafted.content.get("clauses", ()), *clauses]}
    with transaction.atomic():
        policy_desk.withdraw(user, drafted.pk, at)
        return policy_desk.begin(user, draft_of(Package(own={}, document=document), drafted.division_id), at)


def draft_of(package: Package, division: str | None) -> Draft:
    """The package as a draft of the desk."""
    return Draft(Kind.PACKAGE, package.content(), scheme=package.code or None, division=division)


def _on_scheme(scheme: str) -> Package:
    version = current_version(scheme)
    if version is None:
        return Package(own={})
    book = CaseBook.objects.filter(version__scheme=scheme).order_by("-version__number").first()
    return Package.of_version(version, list(book.cases) if book else [])


def records(division: str, above: list[str], leaving_out: str) -> dict[str, Record]:
    """The clauses on record by whose they are: of the divisions above, of the division itself, of everybody else."""
    rows = PolicyClause.objects.exclude(document=leaving_out).select_related("document__division")
    found: dict[str, list[OnRecord]] = {"above": [], "own": [], "elsewhere": []}
    for row in rows.defer("document__text"):
        place = row.document.division_id
        whose = "above" if place in above else "own" if place == division else "elsewhere"
        found[whose].append(
            OnRecord(row.document.division.name, row.scheme_id, row.document.label, row.clause, row.text)
        )
    return {whose: Record(clauses) for whose, clauses in found.items()}
