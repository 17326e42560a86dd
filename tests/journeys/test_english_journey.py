"""For readers of English: every page says its language, and nothing but data is left in Chinese."""

import pytest
from playwright.sync_api import expect

from people.models import Office
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import reading, steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, MASKED = "欧阳𬱖", "欧阳*"
DECISION = "Decision on the one-off job-seeking grant"
ROOMS = ("/", "/accounts/", "/apply/", "/applications/", "/inbox/", "/notices/", "/finance/")


@pytest.fixture
def readings(page):
    """Every page that opens, from the switch to English on."""
    page.goto("/")
    steps.follow(page, page.get_by_role("button", name="English", exact=True))
    return reading.watch(page)


def test_the_grant_in_english(page, readings, clock, monday):
    school = Office.objects.get(division_id=MENGZI, function="school", run_by="county")
    told = answers.grant(world.cast(5).person(), school, monday.date(), name=NAME)
    page.goto("/")
    steps.sign_in(page, "applicant")
    steps.begin(page, "grad-jobseeking", MENGZI)
    steps.press(page, "保存并继续")
    expect(page.locator("[data-error-summary]")).to_contain_text("Full name")
    filed = steps.finish(page, told)
    steps.give_grant(page, clock, filed.number, MASKED)
    steps.sign_in(page, "applicant", to=filed.url)
    steps.follow(page, page.get_by_role("link", name=DECISION, exact=True))
    batch = steps.make_and_seal(page, clock, "grad-jobseeking")
    steps.approve_and_export(page, clock, batch)

    assert [fault for seen in readings for fault in seen.faults(NAME)] == []
    assert [room for room in ROOMS if not any(seen.path.startswith(room) for seen in readings)] == []
