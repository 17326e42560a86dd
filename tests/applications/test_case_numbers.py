"""Cases of a draft can be read by everybody: the number of a person on record is refused, an invented one is not."""

import pytest

from people.on_record import belongs_to_somebody
from project.demo.directory import MENGZI
from schemes.building.package import Package
from schemes.models import Proposal
from tests import world
from tests.applications.scheme_in_pages import DESK, Pages, day, make_scheme
from tests.journeys.everything import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(clock):
    """Early in the demonstration's time."""


def somebody():
    """A person a case has put on record."""
    world.grant().submit()
    return world.cast(2).person()


def test_the_numbers_of_a_person_on_record_are_known():
    person = somebody()
    assert belongs_to_somebody(person.id_number)
    assert belongs_to_somebody(person.certificate)
    assert not belongs_to_somebody("532524199901010017")


def test_a_case_with_a_real_number_is_refused_and_nothing_is_lost():
    person = somebody()
    pages = Pages(client_of("policy-editor"))
    number = make_scheme(pages)
    before = len(Package.of(Proposal.objects.get(pk=number).content).cases)
    address = f"{DESK}{number}/build/list/cases/{before}/"
    facts = {"fact_id_number": person.id_number, "fact_disability_certificate": "53252419990101001743"}
    facts |= {"fact_home_division": MENGZI, "division": MENGZI, **day("on", 2026, 12, 1)}
    response = pages.client.post(address, facts | {"name": "又一例", "fact_qualified": "yes", "eligible": "granted"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "这是系统里一位真实人员的号码" in page
    assert "又一例" in page
    assert len(Package.of(Proposal.objects.get(pk=number).content).cases) == before
