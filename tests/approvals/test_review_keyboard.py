"""The desk by keyboard alone, and without any script."""

import pytest

from tests import world
from tests.approvals.desk import address, sign_in
from tests.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLERK = "county-clerk"


def enter(page, case):
    page.goto("/livez")
    cookie = sign_in(CLERK).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.evaluate("location.origin")}])
    page.goto(address(case))


def tab_to(page, selector):
    for _press in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by the tab key")


def test_a_case_is_decided_and_the_next_one_opened_by_keyboard_alone(page):
    first, second = world.waiver(0).submit(), world.waiver(2).submit()
    enter(page, first)
    tab_to(page, '[href="#decision"]')
    page.keyboard.press("Enter")
    tab_to(page, '[name="outcome"]')
    page.keyboard.press("Space")
    tab_to(page, '[name="text"]')
    page.keyboard.type("Complete.")
    tab_to(page, ".zd-decide button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address(second)}")
    assert first.application.state == "accepted"


def test_what_belongs_to_an_outcome_appears_with_it(page):
    enter(page, world.waiver().submit())
    points = page.locator(".zd-when--correction")
    assert not points.is_visible()
    page.check('[name="outcome"][value="correction"]')
    assert points.is_visible()
    assert not page.locator('[name="say_question_phone"]').is_visible()
    page.check('[name="ask_question_phone"]')
    assert page.locator('[name="say_question_phone"]').is_visible()
    assert axe_violations(page) == []


def test_errors_take_the_focus_and_lead_to_the_field(page):
    enter(page, world.waiver().submit())
    page.check('[name="outcome"][value="correction"]')
    page.check('[name="ask_question_phone"]')
    page.click(".zd-decide button")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "say_question_phone"


def test_without_script_a_correction_is_sent_all_the_same(browser, live_server):
    case = world.waiver().submit()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = sign_in(CLERK).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(address(case))
    page.check('[name="outcome"][value="correction"]')
    page.check('[name="ask_paper_id-copy"]')
    page.fill('[name="say_paper_id-copy"]', "请补充反面。")
    page.click(".zd-decide button")
    page.wait_for_url("**/inbox/")
    context.close()
    assert case.application.state == "returned_for_correction"
