"""How a scheme is offered, the parts it shares with others, and the values it brings along as examples."""

import copy
from datetime import date

import pytest
from pydantic import ValidationError

from schemes.assessing import Assessor
from schemes.definition import SchemeDefinition
from schemes.files.catalogue_faults import faults_between
from schemes.files.catalogue_files import read_schemes
from schemes.files.loading import publish_version
from schemes.files.parts import UnknownPartError, with_parts
from schemes.files.policy_files import PolicyFile
from schemes.models import PolicyClause, PolicyDocument, Scheme
from schemes.models.versions import content_of
from schemes.policies import resolve_for
from tests.schemes.conftest import AT

ON = date(2026, 11, 22)
GRANT = content_of(next(scheme for scheme in read_schemes() if scheme.code == "grad-jobseeking"))
WORDS = {"zh": "事项", "en": "Scheme"}
TOLD = {
    "code": "told",
    "offered_as": "inform",
    "benefit_kind": "none",
    "archetype": "individual",
    "title": WORDS,
    "public_title": WORDS,
    "summary": WORDS,
    "ask_at": {"zh": "当地残联", "en": "the local federation"},
}


@pytest.fixture
def content():
    return copy.deepcopy(GRANT)


def faults(content):
    with pytest.raises(ValidationError) as error:
        SchemeDefinition.model_validate(content)
    return str(error.value)


def test_a_scheme_that_is_only_told_of_needs_no_form():
    assert not SchemeDefinition.model_validate(TOLD).can_be_filed


def test_a_scheme_that_is_only_told_of_asks_nothing(content):
    assert "has no pages" in faults(TOLD | {"pages": content["pages"]})


def test_a_scheme_cannot_give_what_its_way_of_offering_does_not_know(content):
    assert "offered as apply cannot give referral" in faults(content | {"benefit_kind": "referral"})


def test_an_organisation_applies_by_a_scheme_for_institutions(content):
    assert "offered as institution" in faults(content | {"applicant": "organisation"})


def test_only_what_is_referred_names_the_office_in_charge(content):
    assert "refer_to belongs" in faults(content | {"refer_to": WORDS})


def test_a_declared_parameter_cannot_take_the_name_of_a_value_the_calculations_know(content):
    own = {"name": "amount", "kind": "money", "label": WORDS}
    assert "know this name already" in faults(content | {"parameters": [own]})


def test_an_example_must_be_readable(content):
    example = {"name": "amount", "value": "much", "note": "供演示的数"}
    assert "amount must be a number" in faults(content | {"examples": [example]})


def test_a_declared_parameter_is_read_by_its_kind(content):
    own = {"name": "oldest", "kind": "whole", "label": WORDS}
    more = {"policy_values": [*content["policy_values"], "oldest"], "parameters": [own]}
    example = {"name": "oldest", "value": "old", "note": "供演示的数"}
    assert "oldest must be a whole number" in faults(content | more | {"examples": [example]})


def test_a_shared_part_is_written_out_and_overlaid():
    parts = {"pages": {"home": {"title": {"zh": "住址", "en": "Home"}, "hint": {"zh": "旧", "en": "old"}}}}
    found = with_parts({"pages": [{"use": "home", "hint": {"zh": "新"}}]}, parts)
    assert found["pages"] == [
        {"code": "home", "title": {"zh": "住址", "en": "Home"}, "hint": {"zh": "新", "en": "old"}}
    ]


def test_a_part_that_does_not_exist_is_named():
    with pytest.raises(UnknownPartError, match="there is no shared part moon; use one of these or write it out: home"):
        with_parts({"pages": [{"use": "moon"}]}, {"pages": {"home": {}}})


def policy_file(**value):
    document = {
        "code": "d",
        "title": "文件",
        "number": "未载",
        "issuer": "局",
        "dated": date(2026, 1, 1),
        "source": "official",
    }
    offer = {"scheme": "grad-jobseeking", "document": "d", "clause": "一", "text": "条文", "strength": "shall"}
    values = [{"basis": "stated", **one} for one in value["values"]]
    return PolicyFile.model_validate(
        {"division": "532500", "documents": [document], "schemes": [offer | {"values": values}]}
    )


def between(*values):
    return faults_between([SchemeDefinition.model_validate(GRANT)], [policy_file(values=values)])


def test_a_value_the_scheme_does_not_know_is_named():
    assert "taper is not among the policy_values" in between({"name": "taper", "value": ["100"]})[0]


def test_a_value_that_cannot_be_read_is_named():
    assert "amount must be a number" in between({"name": "amount", "value": "much"})[0]


def test_days_without_a_value_are_a_fault():
    earlier = {"name": "amount", "value": "1", "valid_to": date(2026, 3, 31)}
    later = {"name": "amount", "value": "2", "valid_from": date(2026, 5, 1)}
    assert "no value holds after 2026-03-31 until 2026-05-01" in between(earlier, later)[0]
    assert between(earlier, later | {"valid_from": date(2026, 4, 1)}) == []


@pytest.fixture
def offered(divisions, content):
    """A version with an example, published with one clause in Honghe."""

    def publish(offered_as="", **more):
        definition = SchemeDefinition.model_validate(content | more)
        scheme = Scheme.objects.create(code="grad-jobseeking")
        publish_version(scheme.pk, 1, content_of(definition), "people", "somebody", AT)
        document = PolicyDocument.objects.create(
            code="d", division_id="532500", title="文件", issuer="州", in_force_from=ON, source="official"
        )
        PolicyClause.objects.create(
            document=document, scheme=scheme, clause="一", text="条文", strength="shall", offered_as=offered_as
        )
        return definition

    return publish


EXAMPLE = {"name": "amount", "value": "300", "note": "供演示的数"}


def test_an_example_stands_in_and_is_assumed(offered):
    definition = offered(examples=[EXAMPLE])
    found = resolve_for(definition, "532503", ON)
    assert (found.values["amount"].value, found.assumed) == ("300", ("amount",))


def test_on_a_clause_that_only_tells_nothing_can_be_filed(offered):
    definition = offered("inform", examples=[EXAMPLE])
    assert resolve_for(definition, "532503", ON).status == "inform_only"
    assessment = Assessor("grad-jobseeking").assess("532503", ON, {})
    assert assessment.eligible is False
    assert assessment.line("inform_only").document.startswith("文件")
