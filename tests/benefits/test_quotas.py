"""Places of a year: the last one is given once, and applications close when all are given."""

from datetime import date

import pytest

from applications import opening
from benefits import quotas
from papers.models import Counter
from people.refusals import Conflict, Invalid
from schemes.models import PolicyClause, PolicyValue
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy_value():
    """Publish a value of the grant in Honghe."""

    def publish(name, value):
        clause = PolicyClause.objects.get(scheme="grad-jobseeking", document="honghe-2025-47")
        PolicyValue.objects.create(
            scheme_id="grad-jobseeking",
            division_id="532500",
            name=name,
            value=value,
            clause=clause,
            basis="stated",
            valid_from="2026-01-01",
            origin="people",
            published_by="somebody",
            published_at=world.START,
        )

    return publish


def test_without_a_quota_nothing_is_counted():
    case = world.granted()
    assert quotas.places_left(case.application) is None
    assert not Counter.objects.filter(pk__startswith="quota:").exists()


def test_the_last_place_is_given_once(policy_value):
    first, second = world.at_decision(2), world.at_decision(4)
    policy_value("quota", {"per_year": 1})
    assert quotas.places_left(first.application) == 1
    first.say("grant")
    assert quotas.places_left(second.application) == 0
    with pytest.raises(Conflict) as refused:
        second.say("grant")
    assert refused.value.code == "quota_full"


def test_a_refused_grant_takes_no_place(policy_value):
    first = world.at_decision(2)
    policy_value("quota", {"per_year": 0})
    with pytest.raises(Conflict):
        first.say("grant")
    assert Counter.objects.filter(pk__startswith="quota:", value__gt=0).count() == 0


def test_applications_close_when_all_places_are_given(policy_value):
    first = world.at_decision(2)
    policy_value("quota", {"per_year": 1})
    first.say("grant")
    with pytest.raises(Invalid, match="名额") as refused:
        world.grant(4).submit()
    assert refused.value.code == "not_open"


def test_outside_the_period_nothing_is_filed_and_nothing_is_lost(policy_value):
    policy_value("window", [{"opens": "10-01", "closes": "10-31"}])
    case = world.grant(2)
    with pytest.raises(Invalid, match="2026年10月1日") as refused:
        case.submit()
    assert refused.value.code == "not_open"
    assert case.application.state == "draft"
    assert world.answers_of(case)["name"]


def test_inside_the_period_one_can_apply(policy_value):
    policy_value("window", [{"opens": "09-01", "closes": "09-30"}])
    assert world.grant(2).submit().application.state == "submitted"


def test_after_the_last_period_the_office_is_named(policy_value):
    policy_value("window", [{"opens": "2026-01-01", "closes": "2026-01-31"}])
    with pytest.raises(Invalid, match="没有下一次开放的日期"):
        world.grant(2).submit()


@pytest.mark.parametrize("on, key", [("2026-12-31", "grad-jobseeking:2026"), ("2027-01-01", "grad-jobseeking:2027")])
def test_once_a_year_counts_calendar_years(on, key):
    application = world.grant(2).application
    application.scheme_version.content["once"] = "year"
    assert opening.once_key(application, date.fromisoformat(on)) == key
