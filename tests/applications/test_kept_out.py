"""Many officials asked at once are kept from a case exactly as the door keeps each of them, in as many statements."""

import pytest

from applications import door
from applications.kept_out import barred_of, recused_of
from applications.models import CaseActor
from people.models import Kinship
from tests import stages, world
from tests.stages import AT_STAGE

pytestmark = pytest.mark.django_db
STAGE = "county_review"
CAPACITIES = [
    ("party", CaseActor.Capacity.PARTY, ""),
    ("relative", CaseActor.Capacity.RELATIVE, ""),
    ("stepped-back", CaseActor.Capacity.RECUSED, ""),
    ("elsewhere", CaseActor.Capacity.OFFICIAL, "accept"),
    ("here", CaseActor.Capacity.OFFICIAL, STAGE),
]


@pytest.fixture
def case():
    return AT_STAGE["grant", STAGE]()


@pytest.fixture
def officials(case):
    """One of each capacity, one who registered the applicant as a relative, one whom nothing keeps."""
    found = [stages.colleague(case, name) for name in ("free", "registered", *(name for name, *_more in CAPACITIES))]
    by_name = {user.username: user for user in found}
    for name, capacity, stage in CAPACITIES:
        who = door.identity_of(by_name[name])
        CaseActor.objects.create(application=case.application, who=who, capacity=capacity, stage=stage)
    Kinship.objects.create(user=by_name["registered"], relative=case.application.subject, relation="parent")
    return found


def names(officials, numbers):
    return {user.username for user in officials if user.pk in numbers}


def test_recusal_keeps_out_parties_relatives_and_who_stepped_back(case, officials):
    found = names(officials, recused_of(case.application, officials))
    assert found == {"party", "relative", "stepped-back", "registered"}


def test_four_eyes_keeps_out_who_sat_at_another_stage(case, officials):
    found = names(officials, barred_of(case.application, officials, STAGE))
    assert found == {"party", "relative", "stepped-back", "registered", "elsewhere"}


def test_the_door_says_the_same_of_each(case, officials):
    application = case.application
    assert recused_of(application, officials) == {one.pk for one in officials if door.recused(application, one)}
    assert barred_of(application, officials, STAGE) == {
        one.pk for one in officials if door.barred_from(application, one, STAGE)
    }


def test_an_account_linked_to_its_person_since_is_known_by_both_names(case, officials):
    elsewhere = next(user for user in officials if user.username == "elsewhere")
    elsewhere.person = world.grant(4).submit().application.subject
    elsewhere.save()
    assert barred_of(case.application, [elsewhere], STAGE) == {elsewhere.pk}


def test_three_statements_however_many_they_are(case, officials, django_assert_num_queries):
    application = case.application
    for asked in (officials[:1], officials):
        with django_assert_num_queries(3):
            barred_of(application, asked, STAGE)
