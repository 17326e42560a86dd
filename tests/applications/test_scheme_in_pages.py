"""A scheme made entirely in pages: an editor fills them in, another person publishes, a citizen files."""

import pytest
from django.utils import timezone

from project.demo.clerks import Case
from project.demo.directory import MENGZI
from schemes.assessing import assess
from schemes.building.package import Package
from schemes.models import Proposal, current_version
from tests import world
from tests.applications.scheme_in_pages import DESK, Pages, make_scheme
from tests.journeys.everything import client_of

pytestmark = pytest.mark.django_db
CODE = "course-grant"


@pytest.fixture
def pages():
    return Pages(client_of("policy-editor"))


@pytest.fixture(autouse=True)
def now(clock):
    """Early in the demonstration's time."""


def answers():
    """What somebody with a certificate answers."""
    person = world.cast().person()
    return {
        "name": person.name,
        "id_number": person.id_number,
        "disability_certificate": person.certificate,
        "phone": person.phone,
        "home_division": MENGZI,
        "account": person.account,
        "bank": "云南农村信用社",
        "qualified": True,
    }


def words(page):
    return page.main.get_text(" ", strip=True)


def test_an_editor_makes_a_scheme_a_publisher_publishes_it_and_a_citizen_files_it(pages):
    number = make_scheme(pages)
    page = pages.get(f"{DESK}{number}/build/")
    assert "要补齐" not in words(page)
    assert Package.of(Proposal.objects.get(pk=number).content).cases[2]["expect"] == {"eligible": "unknown"}
    pages.press(f"{DESK}{number}/", f"{DESK}{number}/submit/", reason="按新通知")

    publisher = Pages(client_of("policy-publisher"))
    assert "一致" in words(publisher.get(f"{DESK}{number}/"))
    publisher.press(f"{DESK}{number}/", f"{DESK}{number}/publish/")
    assert current_version(CODE).case_book.cases[0]["name"] == "有证书"

    citizen = Pages(client_of("applicant"))
    assert "职业资格证书补贴" in words(citizen.get(f"/apply/{CODE}/?q=532503"))
    case = Case(world.user("applicant"), CODE, answers(), timezone.now(), papers=True).submit()
    assert case.item().queue.office.division_id == MENGZI
    found = assess(CODE, MENGZI, timezone.localdate(), answers())
    assert (found.eligible, str(found.amount), found.basis) == (True, "1200.00", "stated")
