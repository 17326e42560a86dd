"""What is offered where: published schemes, and their standing in a county on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings
from django.db.models import OuterRef, Subquery

from applications.opening import no_places, not_open
from schemes.definition import SchemeDefinition
from schemes.models import PolicyClause, PolicyDocument, SchemeVersion
from schemes.policies import ResolvedPolicy, resolve_all, resolve_for

Standing = Literal["open", "closed", "inform", "not_confirmed", "not_in_force", "no_clause"]


@dataclass(frozen=True)
class Offer:
    """A scheme in a county. `ended` is the last day of a plan that ran out; `document` is how the plan is cited.

    Standing "inform": the plan speaks of it, but there is nothing to apply for. Standing "closed": outside the period
    for applications, or without places left this year; `told` says which, and when it opens again.
    """

    definition: SchemeDefinition
    standing: Standing
    document: str = ""
    ended: date | None = None
    told: str = ""

    @property
    def is_open(self) -> bool:
        """Whether one can apply on line."""
        return self.standing == "open"


def published() -> list[SchemeVersion]:
    """The current version of every scheme, by code, in one query."""
    newest = SchemeVersion.objects.filter(scheme=OuterRef("scheme")).order_by("-number").values("pk")[:1]
    return list(SchemeVersion.objects.filter(pk=Subquery(newest)).order_by("scheme_id"))


def offers_anywhere() -> list[Offer]:
    """Every scheme, before a county is chosen: open, or only told of."""
    definitions = [version.definition for version in published()]
    return [Offer(definition, "open" if definition.can_be_filed else "inform") for definition in definitions]


def offers_in(division_code: str, on: date) -> list[Offer]:
    """Every scheme's standing in a division; the open ones first. Raises UnknownDivision."""
    definitions = [version.definition for version in published()]
    policies = resolve_all(definitions, division_code, on)
    offers = [_offer(definition, policies[definition.code], on, division_code) for definition in definitions]
    return sorted(offers, key=lambda offer: not offer.is_open)


def offer_of(definition: SchemeDefinition, division_code: str, on: date) -> Offer:
    """One scheme's standing in a division. Raises UnknownDivision."""
    return _offer(definition, resolve_for(definition, division_code, on), on, division_code)


def offering_divisions(on: date | None = None, scheme: str = "", *, filing: bool = False) -> set[str]:
    """Codes of the divisions whose documents offer something; with a day, only what is in force then.

    `filing`: only where something can be filed; a clause that only sets a target does not count.
    """
    documents = PolicyDocument.objects.only("division_id", "in_force_from", "in_force_to")
    clauses = PolicyClause.objects.filter(scheme=scheme) if scheme else PolicyClause.objects.all()
    if filing:
        clauses = clauses.filter(offered_as="")
    found = documents.filter(pk__in=clauses.values("document"))
    return {document.division_id for document in found if on is None or document.in_force(on)}


def _offer(definition: SchemeDefinition, policy: ResolvedPolicy, on: date, division: str) -> Offer:
    if policy.status == "no_clause":
        return Offer(definition, "no_clause")
    if policy.status == "not_in_force":
        last = max(policy.clauses, key=lambda clause: clause.in_force_to or on)
        return Offer(definition, "not_in_force", last.document, last.in_force_to)
    document = policy.clauses[0].document
    if policy.status == "inform_only":
        return Offer(definition, "inform", document)
    if not settings.DEMO and policy.assumed:
        return Offer(definition, "not_confirmed", document)
    told = not_open(policy, on) or no_places(definition.code, policy, on, division)
    return Offer(definition, "closed" if told else "open", document, told=told)
