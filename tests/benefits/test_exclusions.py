"""Not together, the higher of two, the same certificate: what is found, who may decide otherwise, and who may not."""

import pytest

from audit.models import Event
from benefits import exclusions
from people import vault
from people.models import Person
from people.refusals import Conflict
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.models.versions import content_of
from tests import world

pytestmark = pytest.mark.django_db
OTHER = "lottery-deposit-waiver"


@pytest.fixture
def excluding():
    """Publish the grant as a version that excludes the waiver."""

    def publish(**how):
        old = SchemeVersion.objects.filter(scheme_id="grad-jobseeking").latest("number")
        content = {**old.content, "excludes": [{"scheme": OTHER, **how}]}
        definition = SchemeDefinition.model_validate(content)
        old.pk, old.number, old.content = None, old.number + 1, content_of(definition)
        old.save(force_insert=True)

    return publish


def hold(kind="granted"):
    """A waiver of the person whose grant is decided: granted, or still open."""
    case = world.waiver(0).submit().say("accept")
    if kind == "granted":
        case.say("agree").say("agree").say("grant")
    return case


def same_person(grant, waiver):
    """Both cases are about one person."""
    person = grant.application.subject
    type(waiver.application).objects.filter(pk=waiver.application.pk).update(subject=person)
    return grant


def codes(case):
    return [(finding.code, finding.blocks, finding.may_override) for finding in exclusions.findings(case.application)]


def test_nothing_is_found_between_schemes_that_do_not_exclude_each_other():
    assert codes(same_person(world.at_decision(), hold())) == []


def test_what_is_granted_stands_in_the_way(excluding):
    excluding()
    case = same_person(world.at_decision(), hold())
    assert codes(case) == [("not_together", True, False)]
    with pytest.raises(Conflict) as refused:
        case.say("grant")
    assert refused.value.code == "excluded"
    assert "不能同时享受" in str(refused.value.message)


def test_it_holds_whichever_of_the_two_names_the_other(excluding):
    excluding()
    case = world.at_decision()
    waiver = hold("open")
    same_person(case, waiver)
    case.say("grant")
    assert codes(waiver) == [("not_together", True, False)]


def test_what_is_still_open_is_only_told(excluding):
    excluding()
    case = same_person(world.at_decision(), hold("open"))
    assert codes(case) == [("still_open", False, True)]
    assert case.say("grant").application.state == "granted"


def test_another_year_does_not_matter_where_policy_looks_at_the_year(excluding):
    excluding(within="year")
    waiver = hold()
    case = same_person(world.at_decision(), waiver)
    assert codes(case) == [("not_together", True, False)]
    type(waiver.application).objects.filter(pk=waiver.application.pk).update(policy_date="2025-09-07")
    assert codes(case) == []


def test_the_lower_of_two_is_not_given(excluding):
    excluding(kind="higher_of")
    waiver = hold()
    case = same_person(world.at_decision(), waiver)
    type(waiver.application).objects.filter(pk=waiver.application.pk).update(amount="1000.00")
    assert codes(case) == [("not_higher", True, False)]


def test_the_higher_of_two_is_given_with_a_reason(excluding):
    excluding(kind="higher_of")
    waiver = hold()
    case = same_person(world.at_decision(), waiver)
    type(waiver.application).objects.filter(pk=waiver.application.pk).update(amount="999.99")
    assert codes(case) == [("higher", True, True)]


def test_an_official_may_decide_otherwise_only_with_a_reason(excluding):
    excluding(may_override=True)
    case = same_person(world.at_decision(), hold())
    with pytest.raises(Conflict):
        case.say("grant", override=True, text=" ")
    with pytest.raises(Conflict):
        case.say("grant", text="两项性质不同")
    assert case.say("grant", override=True, text="两项性质不同，已请示").application.state == "granted"


def test_deciding_otherwise_is_on_the_record(excluding):
    excluding(may_override=True)
    waiver = hold()
    case = same_person(world.at_decision(), waiver)
    case.say("grant", override=True, text="两项性质不同，已请示")
    event = Event.objects.get(action="exclusion.overridden")
    assert event.data["findings"] == [["not_together", waiver.application.number]]


def test_no_reason_overrides_what_policy_leaves_to_nobody(excluding):
    excluding()
    case = same_person(world.at_decision(), hold())
    with pytest.raises(Conflict):
        case.say("grant", override=True, text="特殊情况")


def test_one_certificate_under_two_identity_cards_is_found():
    first = world.granted(2)
    second = world.at_decision(4)
    index = vault.blind_index("certificate", "53252419990101001743")
    people = [first.application.subject_id, second.application.subject_id]
    Person.objects.filter(pk__in=people).update(certificate_index=index)
    second.application.subject.refresh_from_db()
    assert codes(second) == [("same_certificate", True, True)]
    assert second.say("grant", override=True, text="换发证件，经核对是两人").application.state == "granted"
