"""The whole way of a grant, from the applicant's form to the decision, in a browser that runs no script."""

import pytest
from playwright.sync_api import expect

from people.models import Office
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, MASKED = "杨𠅤", "杨*"


@pytest.fixture
def page(browser, live_server):
    """A window that runs no script."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_a_grant_needs_no_script(page, clock, monday):
    school = Office.objects.get(division_id=MENGZI, function="school", run_by="county")
    told = answers.grant(world.cast(8).person(), school, monday.date(), name=NAME)
    steps.sign_in(page, "applicant")
    steps.begin(page, "grad-jobseeking", MENGZI)
    steps.press(page, "保存并继续")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    filed = steps.finish(page, told)
    expect(page.locator("[data-copy]")).to_be_hidden()

    steps.give_grant(page, clock, filed.number, MASKED)
    steps.sign_in(page, "applicant", to=filed.url)
    assert NAME in steps.pdf_text(steps.download_paper(page, "一次性求职补贴决定书"))
