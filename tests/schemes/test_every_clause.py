"""Every clause of every plan leads to an outcome: judged, handed on, or told of; none hangs for want of a value."""

from datetime import date
from typing import Any

import pytest

from people.models import Division
from schemes.assessing import Assessor
from schemes.files.catalogue_files import read_policies, read_schemes
from tests import casebooks

SCHEMES = {scheme.code: scheme for scheme in read_schemes()}
PLANS = read_policies()
CLAUSES = [
    pytest.param(policy, offer, id=f"{policy.division} {offer.clause} {offer.scheme}")
    for policy in PLANS
    for offer in policy.schemes
]


def middle_of(document) -> date:
    """A day on which a document is in force."""
    ends = document.in_force_to or date(2027, 12, 31)
    return document.in_force_from + (ends - document.in_force_from) / 2


def county_in(division: str) -> str:
    """A county of the place, or the place itself when it is one."""
    found = Division.objects.get(pk=division)
    if found.level == Division.Level.COUNTY:
        return division
    column = {"prefecture": "prefecture_id", "province": "province_id"}[found.level]
    return Division.objects.filter(level=Division.Level.COUNTY, retired=False, **{column: division}).first().pk


def facts_met_in(division: str, scheme: str) -> dict[str, Any]:
    """The facts of a case that is met: one of this place where the book has one, for its days and limits fit there."""
    met = [case for case in casebooks.cases_of(scheme) if case.expect.get("eligible") is True]
    local = [case for case in met if division in Division.objects.get(pk=case.division).lineage]
    return (local[0] if local else casebooks.eligible_case(scheme)).facts


@pytest.mark.parametrize("policy, offer", CLAUSES)
def test_a_clause_leads_to_an_outcome(founded, policy, offer):
    scheme = SCHEMES[offer.scheme]
    on, county = middle_of(policy.document(offer.document)), county_in(policy.division)
    facts = facts_met_in(policy.division, scheme.code) if scheme.can_be_filed else {}
    found = Assessor(scheme.code).assess(county, on, facts)
    if not scheme.can_be_filed or (offer.offered_as == "inform" and found.line("inform_only")):
        assert found.eligible is False
        assert found.line("inform_only").document
        return
    lacking = [name for name in found.missing if name in scheme.policy_values]
    assert lacking == [], f"no value in force: {lacking}"
    assert not found.line("no_clause")
    assert not found.line("not_in_force")


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.code)
def test_every_scheme_rests_on_a_clause_somewhere(scheme):
    assert [offer for policy in PLANS for offer in policy.schemes if offer.scheme == scheme.code]


def test_every_clause_speaks_of_a_scheme_that_exists():
    assert {offer.scheme for policy in PLANS for offer in policy.schemes} <= set(SCHEMES)
