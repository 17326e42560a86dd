"""Loading the catalogue into the database, which is the truth.

The first load is the founding import. Later loads add what is new in the files, never touch what people published,
and list where the two disagree. Every change is an event of the stream `policy`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from audit import chain
from audit.hashing import digest
from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.files.policy_files import DocumentFile, OfferFile, PolicyFile, ValueFile, period
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, Scheme, SchemeVersion, current_version
from schemes.models.versions import Origin, content_of

ACTOR = "load_catalogue"
STREAM = "policy"
CLAUSE_FIELDS = ("text", "strength", "responsible", "target", "note", "offered_as")


@dataclass
class Report:
    """What a load did (or, as a check, would do)."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    unchanged: int = 0


class Loader:
    """One load. With `write` off nothing is written, only reported."""

    def __init__(self, at: datetime, *, write: bool) -> None:
        self.at = at
        self.write = write
        self.report = Report()
        self.known = set(Scheme.objects.values_list("code", flat=True))

    def load(self, definitions: Iterable[SchemeDefinition], policies: Iterable[PolicyFile]) -> Report:
        """Schemes first, then policies, in one transaction."""
        with transaction.atomic():
            for definition in definitions:
                self.known.add(definition.code)
                self._scheme(definition)
            for policy in policies:
                self._policy(policy)
        return self.report

    # ------------------------------------------------------------ schemes

    def _scheme(self, definition: SchemeDefinition) -> None:
        content = content_of(definition)
        latest = current_version(definition.code)
        mark = content_digest(content)
        if latest is not None and latest.digest == mark:
            self.report.unchanged += 1
            return
        if latest is not None and latest.origin == Origin.PEOPLE:
            self._conflict_of_version(latest, mark)
            return
        number = latest.number + 1 if latest else 1
        self._note(self.report.added, f"{definition.code} version {number}", {"digest": mark})
        if self.write:
            Scheme.objects.get_or_create(code=definition.code)
            publish_version(definition.code, number, content, Origin.CATALOGUE, ACTOR, self.at)

    def _conflict_of_version(self, latest: SchemeVersion, mark: str) -> None:
        """The file is an old acquaintance (people built on it), or it changed since: only the second is a conflict."""
        if SchemeVersion.objects.filter(scheme=latest.scheme_id, digest=mark).exists():
            self.report.unchanged += 1
            return
        self.report.conflicts.append(
            f"{latest.scheme_id}: the file differs from version {latest.number} published by {latest.published_by}"
        )

    # ------------------------------------------------------------ policies

    def _policy(self, policy: PolicyFile) -> None:
        if not Division.objects.filter(code=policy.division).exists():
            self.report.conflicts.append(f"division {policy.division} is not on record: run load_divisions")
            return
        for document in policy.documents:
            self._document(policy.division, document)
        for offer in policy.schemes:
            if offer.scheme not in self.known:
                self.report.conflicts.append(f"{policy.division} {offer.clause}: there is no scheme {offer.scheme}")
                continue
            clause = self._clause(offer)
            for value in offer.values:
                self._value(value.division or policy.division, offer, clause, value, policy.document(offer.document))

    def _document(self, division: str, file: DocumentFile) -> None:
        wanted = file.model_dump(exclude={"code"}) | {"division_id": division, "in_force_from": file.in_force_from}
        found = PolicyDocument.objects.filter(code=file.code).first()
        if self._settle(found, wanted, f"document {file.code}") and self.write:
            PolicyDocument.objects.update_or_create(code=file.code, defaults=wanted)

    def _clause(self, offer: OfferFile) -> PolicyClause | None:
        key = {"document_id": offer.document, "scheme_id": offer.scheme, "clause": offer.clause}
        wanted = offer.model_dump(include=set(CLAUSE_FIELDS))
        found = PolicyClause.objects.filter(**key).first()
        if self._settle(found, wanted, f"clause {offer.document} {offer.clause} for {offer.scheme}") and self.write:
            found, _created = PolicyClause.objects.update_or_create(**key, defaults=wanted)
        return found

    def _settle(self, found: Any, wanted: dict[str, Any], what: str) -> bool:
        """Report a row; whether it is to be written as the file has it. What people published stays as they left it."""
        if found is None:
            self._note(self.report.added, what, wanted)
            return True
        if all(getattr(found, name) == value for name, value in wanted.items()):
            self.report.unchanged += 1
            return False
        if found.origin == Origin.PEOPLE:
            self.report.conflicts.append(f"{what}: the file differs from what people published")
            return False
        before = {name: getattr(found, name) for name in wanted}
        self._note(self.report.changed, what, {"before": before, "after": wanted})
        return True

    def _value(
        self, division: str, offer: OfferFile, clause: PolicyClause | None, file: ValueFile, document: DocumentFile
    ) -> None:
        starts, ends = period(file, document)
        what = f"value {offer.scheme} {division} {file.name} from {starts}"
        wanted = {
            "value": storable(file.value),
            "basis": file.basis,
            "note": file.note,
            "valid_from": starts,
            "valid_to": ends,
        }
        present = PolicyValue.objects.filter(
            scheme=offer.scheme, division=division, name=file.name, successor__isnull=True
        ).select_related("clause")
        meeting = [row for row in present if row.overlaps(starts, ends)]
        if any(_is_same(row, wanted, clause) for row in meeting) or self._people_built_on(
            offer, division, file, wanted
        ):
            self.report.unchanged += 1
            return
        if len(meeting) > 1 or any(row.origin == Origin.PEOPLE for row in meeting):
            self.report.conflicts.append(f"{what}: the file differs from what people published")
            return
        self._note(self.report.changed if meeting else self.report.added, what, wanted)
        if self.write and clause is not None:
            key = {"scheme_id": offer.scheme, "division_id": division, "name": file.name, "clause": clause}
            publish_value(key | wanted, meeting[0] if meeting else None, Origin.CATALOGUE, ACTOR, self.at)

    def _people_built_on(self, offer: OfferFile, division: str, file: ValueFile, wanted: dict[str, Any]) -> bool:
        """Whether the file still says what it said when people published something newer on top of it."""
        rows = PolicyValue.objects.filter(
            scheme=offer.scheme, division=division, name=file.name, origin=Origin.CATALOGUE, successor__isnull=False
        ).select_related("clause", "successor")
        return any(_is_same(row, wanted, row.clause) and _ends_with_people(row) for row in rows)

    def _note(self, where: list[str], what: str, data: dict[str, Any]) -> None:
        where.append(what)
        if self.write:
            action = "catalogue.added" if where is self.report.added else "catalogue.changed"
            chain.append(STREAM, action, actor=ACTOR, subject=what[:80], data=data, at=self.at)


def _is_same(row: PolicyValue, wanted: dict[str, Any], clause: PolicyClause | None) -> bool:
    same_clause = clause is not None and row.clause_id == clause.pk
    return same_clause and all(getattr(row, name) == value for name, value in wanted.items())


def _ends_with_people(row: PolicyValue) -> bool:
    newest = row
    while (following := PolicyValue.objects.filter(supersedes=newest).first()) is not None:
        newest = following
    return newest.origin == Origin.PEOPLE


def content_digest(content: Any) -> str:
    """The SHA-256 of canonical JSON."""
    return digest("", {"content": content})


def storable(value: Any) -> Any:
    """A raw value as JSON holds it: decimals as strings."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    return [storable(item) for item in value] if isinstance(value, (list, tuple)) else value


def publish_version(
    scheme: str, number: int, content: dict[str, Any], origin: str, by: str, at: datetime
) -> SchemeVersion:
    """Add a published version. The caller has checked that it may, and writes the event."""
    return SchemeVersion.objects.create(
        scheme_id=scheme,
        number=number,
        content=content,
        digest=content_digest(content),
        origin=origin,
        published_by=by,
        published_at=at,
    )


def publish_value(
    fields: dict[str, Any], supersedes: PolicyValue | None, origin: str, by: str, at: datetime
) -> PolicyValue:
    """Add a value in force, in place of an older one or beside it. The caller has checked that it may."""
    return PolicyValue.objects.create(**fields, supersedes=supersedes, origin=origin, published_by=by, published_at=at)
