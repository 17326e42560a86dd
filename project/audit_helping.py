"""What an auditor may look at of helping people: who helps whom, rosters, school batches, matchings, invitations."""

import uuid
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, Replace, Substr

from applications.models import Application
from helping.models import FactRoster, Invitation, Mandate, Matching, SchoolBatch, VillageRoster
from people.areas import inside
from people.masking import masked_name
from people.models import Organisation, Person

HELP, VILLAGE, SCHOOL, MATCHING, FACTS = "help", "village", "school", "matching", "facts"
INVITATION, ORGANISATION = "invitation", "organisation"
# Those whose events carry "kind-number" as their subject.
NUMBERED: dict[str, type] = {SCHOOL: SchoolBatch, MATCHING: Matching, FACTS: FactRoster}
UUID_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def rows_in(codes: list[str], kind: str) -> QuerySet:
    """What the divisions' offices have of a kind that is numbered."""
    return NUMBERED[kind].objects.filter(inside("office__division", codes))


def villages_in(codes: list[str]) -> QuerySet[VillageRoster]:
    """Rosters of villages, kept in the name of the divisions' offices."""
    return VillageRoster.objects.filter(inside("office__division", codes))


def invitations_in(codes: list[str]) -> QuerySet[Invitation]:
    """Invitations of the divisions' offices."""
    return Invitation.objects.filter(inside("office__division", codes))


def helped_in(codes: list[str], cases: QuerySet[Application]) -> QuerySet[Person]:
    """People who are or were helped by the divisions' offices, or who have one of these cases of the divisions."""
    helped = Mandate.objects.filter(person=OuterRef("pk"))
    near = Exists(helped.filter(inside("office__division", codes))) | Exists(cases.filter(subject=OuterRef("pk")))
    return Person.objects.filter(Exists(helped), near)


def organisations_in(codes: list[str]) -> QuerySet[Organisation]:
    """Organisations of the divisions."""
    return Organisation.objects.filter(inside("division", codes))


def about_helping(codes: list[str], cases: QuerySet[Application]) -> Q:
    """The condition that an event is about one of these."""
    found = Q(stream__in=_streams(villages_in(codes), VILLAGE, Cast("pk", CharField())))
    found |= Q(stream__in=_streams(helped_in(codes, cases), HELP, _written("public_id")))
    found |= Q(stream__in=_streams(organisations_in(codes), ORGANISATION, _written("public_id")))
    return found | Q(subject__in=invitations_in(codes).values("public_id"))


def _streams(rows: QuerySet, kind: str, key: Combinable) -> QuerySet:
    return rows.annotate(stream=Concat(Value(f"{kind}:"), key, output_field=CharField())).values("stream")


def _written(field: str) -> Combinable:
    """A UUID as streams are named by it: SQLite keeps it without its hyphens."""
    plain = Replace(Cast(field, CharField()), Value("-"), Value(""))
    parts = [part for begins, length in UUID_PARTS for part in (Value("-"), Substr(plain, begins, length))]
    return Concat(*parts[1:], output_field=CharField())


def title_of(codes: list[str], cases: QuerySet[Application], kind: str, key: str) -> str | None:
    """How a stream is called, a person by their masked name; None for one that is unknown or outside the divisions."""
    if kind in NUMBERED or kind == VILLAGE:
        rows = villages_in(codes) if kind == VILLAGE else rows_in(codes, kind)
        row = numbered(rows.select_related("office__division"), key)
        return f"{row.village if kind == VILLAGE else row.office.label} {row.pk}" if row else None
    if kind == INVITATION:
        row = invitations_in(codes).select_related("office__division").filter(public_id=key).first()
        return f"{row.office.label} {row.public_id}" if row else None
    if kind == HELP:
        person = _by_uuid(helped_in(codes, cases), key)
        return masked_name(person.name) if person else None
    organisation = _by_uuid(organisations_in(codes), key)
    return organisation.name if organisation else None


def numbered(rows: QuerySet, key: str) -> Any:
    """One of the rows by its number as an address writes it; None where it is none."""
    known = key.isascii() and key.isdigit() and len(key) < 19
    return rows.filter(pk=int(key)).first() if known else None


def _by_uuid(rows: QuerySet, key: str) -> Any:
    """By a UUID written as the stream is named."""
    try:
        known = str(uuid.UUID(key)) == key
    except ValueError:
        return None
    return rows.filter(public_id=key).first() if known else None


KINDS = (*NUMBERED, VILLAGE, INVITATION, HELP, ORGANISATION)
