"""Outside the period for applications, or without places left, the guide says so before anybody begins."""

import pytest
from django.urls import reverse

from applications.models import Application
from papers.models import Counter
from schemes.models import PolicyClause, PolicyValue
from tests import world

pytestmark = pytest.mark.django_db
SCHEME, COUNTY = "grad-jobseeking", "532503"
CLOSED = [{"opens": "2020-01-01", "closes": "2020-01-31"}, {"opens": "2099-09-01", "closes": "2099-10-15"}]


@pytest.fixture
def citizen(client):
    client.force_login(world.user("applicant"))
    return client


@pytest.fixture
def set_value():
    """Publish a value of the grant in Honghe that holds from this year on."""

    def publish(name, value):
        PolicyValue.objects.create(
            scheme_id=SCHEME,
            division_id="532500",
            name=name,
            value=value,
            clause=PolicyClause.objects.get(scheme=SCHEME, document="honghe-2025-47"),
            basis="stated",
            valid_from="2020-01-01",
            origin="people",
            published_by="somebody",
            published_at=world.START,
        )

    return publish


def guide(client):
    return client.get(reverse("apply:guide", args=[SCHEME]), {"division": COUNTY}).content.decode()


def begin(client):
    return client.post(f"{reverse('apply:guide', args=[SCHEME])}?division={COUNTY}", {"for_whom": "self"})


def test_the_guide_says_when_applications_open(citizen, set_value):
    set_value("window", CLOSED)
    page = guide(citizen)
    assert "现在不在申报期内，2099年9月1日开放申请。" in page
    assert "开始填写" not in page


def test_nothing_is_begun_outside_the_period(citizen, set_value):
    set_value("window", CLOSED)
    assert begin(citizen).status_code == 409
    assert not Application.objects.filter(filed_by=world.user("applicant")).exists()


def test_the_guide_says_that_all_places_are_given(citizen, set_value):
    set_value("quota", {"per_year": 1})
    assert "开始填写" in guide(citizen)
    for year in range(2026, 2030):
        Counter.objects.create(key=f"quota:{SCHEME}:532500:{year}", value=1)
    assert "本年度名额（1名）已经批准完" in guide(citizen)


def test_inside_the_period_the_form_is_offered(citizen, set_value):
    set_value("window", [{"opens": "01-01", "closes": "12-31"}])
    assert "开始填写" in guide(citizen)
