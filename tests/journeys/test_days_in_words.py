"""No page that applicants or the public read tells a day in figures alone: 2026年11月23日, never 2026-11-23."""

import re

import pytest
from bs4 import BeautifulSoup

from applications.models import Application
from tests import world
from tests.journeys import doors
from tests.journeys.everything import client_of, everything
from tests.journeys.site_map import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOMS = ("home", "apply:", "applications:", "own:", "payments:", "urging:", "notices:", "papers:")
OF_A_CASE = ("", "receipt/", "check/", "correct/", "papers/", "messages/", "withdraw/", "account/")
FIGURES = re.compile(r"(?<![\d-])\d{4}-(0[1-9]|1[0-2])(-\d{2})?(?![\d-])")
TYPED = ("input", "textarea", "select", "script", "style")


def paths(arguments):
    """Every page of those rooms that the applicant may open, and the pages of each of their cases."""
    found = [one.path for one in addresses(arguments) if one.name.startswith(ROOMS)]
    own = Application.objects.filter(filed_by=world.user("applicant")).values_list("public_id", flat=True)
    return [*dict.fromkeys([*found, *(f"/applications/{case}/{page}" for case in own for page in OF_A_CASE)])]


def days_in_figures(page):
    soup = BeautifulSoup(page, "html.parser")
    for part in soup.find_all(TYPED):
        part.decompose()
    return [found[0] for found in FIGURES.finditer(soup.get_text(" "))]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_applicants_tells_a_day_in_figures(language):
    with everything() as arguments:
        client = client_of("applicant")
        wrong = {}
        for path in paths(arguments):
            response = client.get(path, headers={"accept-language": language})
            if response.status_code == 200 and "html" in response["Content-Type"]:
                wrong[path] = days_in_figures(response.content)
    assert {path: days for path, days in wrong.items() if days} == {}


def test_the_table_of_doors_knows_these_rooms():
    assert all(any(name.startswith(room) for name in doors.OPEN_TO) for room in ROOMS)
