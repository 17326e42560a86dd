"""What is offered where: published schemes, and their standing in a county on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from schemes.definition import SchemeDefinition
from schemes.models import PolicyClause, SchemeVersion
from schemes.policies import lineage_of, resolve_for

Standing = Literal["open", "not_confirmed", "not_in_force", "no_clause"]


@dataclass(frozen=True)
class Offer:
    """A scheme in a county. `ended` is the last day of a plan that ran out; `document` is how the plan is cited."""

    definition: SchemeDefinition
    standing: Standing
    document: str = ""
    ended: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether one can apply on line."""
        return self.standing == "open"


def published() -> list[SchemeVersion]:
    """The current version of every scheme, by code, in one query."""
    newest = SchemeVersion.objects.filter(scheme=OuterRef("scheme")).order_by("-number").values("pk")[:1]
    return list(SchemeVersion.objects.filter(pk=Subquery(newest)).order_by("scheme_id"))


def offers_in(division_code: str, on: date) -> list[Offer]:
    """Every scheme's standing in a division; the open ones first. Raises UnknownDivision."""
    line = lineage_of(division_code)
    clauses = list(_clauses(line))
    offers = [_offer(version.definition, division_code, clauses, on) for version in published()]
    return sorted(offers, key=lambda offer: not offer.is_open)


def offer_of(definition: SchemeDefinition, division_code: str, on: date) -> Offer:
    """One scheme's standing in a division. Raises UnknownDivision."""
    return _offer(definition, division_code, _clauses(lineage_of(division_code)), on)


def offering_divisions(on: date | None = None, scheme: str = "") -> set[str]:
    """Codes of the divisions whose documents offer something; with a day, only what is in force then."""
    clauses = PolicyClause.objects.select_related("document")
    if scheme:
        clauses = clauses.filter(scheme=scheme)
    return {clause.document.division_id for clause in clauses if on is None or clause.document.in_force(on)}


def _clauses(line: Iterable[str]) -> QuerySet[PolicyClause]:
    return PolicyClause.objects.filter(document__division__in=line).select_related("document")


def _offer(definition: SchemeDefinition, division: str, clauses: Iterable[PolicyClause], on: date) -> Offer:
    own = [clause.document for clause in clauses if clause.scheme_id == definition.code]
    if not own:
        return Offer(definition, "no_clause")
    in_force = [document for document in own if document.in_force(on)]
    if in_force:
        confirmed = settings.DEMO or not resolve_for(definition, division, on).assumed
        return Offer(definition, "open" if confirmed else "not_confirmed", in_force[0].label)
    last = max(own, key=lambda document: document.in_force_to or on)
    return Offer(definition, "not_in_force", last.label, last.in_force_to)
