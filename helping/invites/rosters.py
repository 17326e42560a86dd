"""Rosters of facts: brought in for a stated purpose, kept sealed, erased when their days are over."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from applications.offers import published
from audit import chain
from helping.invites import access
from helping.models import FactRoster, FactRow
from helping.models.invites import MOST_DAYS
from helping.sheets.columns import SheetRow, headed, rows_of
from people import vault
from people.models import Office, User
from people.refusals import Invalid, NotFound
from people.tables import MOST_ROWS, table_of
from schemes.definition import Question, SchemeDefinition
from schemes.models import SchemeVersion

FACTS, AT_ONCE = "roster.facts", 500


@dataclass(frozen=True)
class Stated:
    """What is said of a roster: who gave it, what it is for, on what basis it is used, and for how many days."""

    source: str
    purpose: str
    legal_basis: str
    keep_days: int


def schemes() -> list[SchemeVersion]:
    """What one person can be found for by facts that stand in cells."""
    return [version for version in published() if _fits(version.definition)]


def _fits(definition: SchemeDefinition) -> bool:
    if not definition.can_be_filed or definition.applicant != "person":
        return False
    return not any(question.required and question.kind in ("household", "school") for question in definition.facts())


def scheme_with(code: str) -> SchemeVersion:
    """One of them by its code. Raises NotFound."""
    found = next((version for version in schemes() if version.scheme_id == code), None)
    if found is None:
        raise NotFound()
    return found


def questions_of(definition: SchemeDefinition) -> list[Question]:
    """The facts a roster may hold for a scheme."""
    return [question for question in definition.facts() if question.name != "id_number"]


def bring(
    user: User, office: Office, code: str, stated: Stated, content: bytes, at: datetime
) -> tuple[FactRoster, bool]:
    """Take a roster in; False where these very bytes are kept already. Raises NotFound, Invalid and FaultyFile."""
    access.office_of(user, office.pk, at)
    _check(stated)
    version = scheme_with(code)
    digest = vault.blind_index("fact_roster", hashlib.sha256(content).hexdigest())
    same = FactRoster.objects.filter(office=office, scheme_version=version, digest=digest, erased_at__isnull=True)
    known = same.first()
    if known is not None:
        return known, False
    rows = rows_of(table_of(content), questions_of(version.definition), timezone.localdate(at), MOST_ROWS)
    try:
        return _keep(user, office, version, stated, digest, rows, at), True
    except IntegrityError:
        # Somebody brought in the same bytes between our look and our write.
        return same.get(), False


def _check(stated: Stated) -> None:
    names = ("source", "purpose", "legal_basis")
    errors = {name: "" for name in names if not getattr(stated, name).strip()}
    if not 1 <= stated.keep_days <= MOST_DAYS:
        errors["keep_days"] = ""
    if errors:
        raise Invalid(errors=errors)


@transaction.atomic
def _keep(
    user: User, office: Office, version: SchemeVersion, stated: Stated, digest: str, rows: list[SheetRow], at: datetime
) -> FactRoster:
    key = vault.new_data_key()
    key.save()
    known = {name for one in rows for name in one.answers}
    roster = FactRoster.objects.create(
        office=office,
        scheme_version=version,
        source=stated.source.strip(),
        purpose=stated.purpose.strip(),
        legal_basis=stated.legal_basis.strip(),
        columns=sorted(known),
        data_key=key,
        digest=digest,
        rows=len(rows),
        keep_days=stated.keep_days,
        brought_by=user,
        brought_at=at,
        expires_at=at + timedelta(days=stated.keep_days),
    )
    FactRow.objects.bulk_create(_rows(roster, rows), batch_size=AT_ONCE)
    record(roster, "brought", user.username, at, rows=len(rows), keep_days=stated.keep_days)
    return roster


def _rows(roster: FactRoster, rows: list[SheetRow]) -> Iterator[FactRow]:
    for one in rows:
        told = {"name": one.name, "id_number": one.number, "facts": one.answers}
        yield FactRow(
            roster=roster, row=one.row, id_index=one.index, sealed=vault.encrypt_json(roster.data_key, told, FACTS)
        )


def rosters_of(user: User, at: datetime) -> QuerySet[FactRoster]:
    """The rosters of the user's offices, newest first; erased ones stay as a line without people."""
    rows = FactRoster.objects.filter(office__in=access.offices_of(user, at))
    return rows.select_related("office__division", "scheme_version", "brought_by", "data_key").order_by("-pk")


def labels_of(roster: FactRoster) -> list[str]:
    """The headings of its columns."""
    asked = headed(questions_of(roster.scheme_version.definition))
    return [heading for heading, question in asked.items() if question.name in roster.columns]


def record(roster: FactRoster, step: str, actor: str, at: datetime, **data: object) -> None:
    """Append to the roster's story; counts and codes only."""
    told = {"office": roster.office_id, "scheme": roster.scheme_version.scheme_id, **data}
    name = f"fact_roster.{step}"
    chain.append(f"facts:{roster.pk}", name, actor=actor, at=at, subject=f"facts-{roster.pk}", data=told)
