"""The grant for readers of English: every page says its language, and no label is left in Chinese."""

import json

import pytest

from people.models import Office
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import reading, steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MASKED = "欧阳*"
ROOMS = ("/", "/accounts/", "/apply/", "/applications/", "/inbox/", "/notices/", "/finance/")


@pytest.fixture
def pages(page):
    """What every page opened from the switch to English on was like."""
    page.goto("/")
    page.get_by_role("button", name="English", exact=True).click()
    return reading.watch(page)


def test_the_grant_in_english_leaves_no_label_in_chinese(page, pages, clock, monday):
    school = Office.objects.get(division_id=MENGZI, function="school", run_by="county")
    told = answers.grant(world.cast(5).person(), school, monday.date(), name="欧阳𬱖")
    page.goto("/")
    steps.sign_in(page, "applicant")
    filed = steps.apply(page, "grad-jobseeking", MENGZI, told)
    steps.give_grant(page, clock, filed.number, MASKED)
    steps.sign_in(page, "applicant", to=filed.url)
    page.get_by_role("link", name="Decision on the one-off job-seeking grant", exact=True).click()
    batch = steps.make_and_seal(page, clock, "grad-jobseeking")
    steps.approve_and_export(page, clock, batch)

    seen = [json.loads(one) for one in pages]
    print(len(seen), json.dumps([o for o in seen if o["found"]], ensure_ascii=False, indent=1))
    assert {one["language"] for one in seen} == {"en"}
    assert [room for room in ROOMS if not any(one["path"].startswith(room) for one in seen)] == []
    assert [(one["path"], text) for one in seen for text in one["found"]] == []
