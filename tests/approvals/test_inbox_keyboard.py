"""The inbox by single keys: they add to a page that works without them and take nothing from fields."""

import pytest

from tests import world
from tests.approvals.desk import sign_in
from tests.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inbox_page(page):
    cases = [world.waiver(2 * n).submit() for n in range(2)]
    page.goto("/livez")
    cookie = sign_in("county-clerk").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.evaluate("location.origin")}])
    page.goto("/inbox/")
    return page, cases


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_rows_are_walked_picked_and_opened_by_single_keys(inbox_page):
    page, cases = inbox_page
    numbers = [case.application.number for case in cases]
    page.keyboard.press("j")
    assert focused(page) == numbers[0]
    page.keyboard.press("ArrowDown")
    assert focused(page) == numbers[1]
    page.keyboard.press("k")
    assert focused(page) == numbers[0]
    page.keyboard.press("x")
    assert page.locator("input[name=item]:checked").count() == 1
    page.keyboard.press("o")
    page.wait_for_url(f"**/inbox/{cases[0].public_id}/")


def test_a_field_keeps_its_keys_and_so_does_the_browser(inbox_page):
    page, _cases = inbox_page
    page.keyboard.press("/")
    page.keyboard.type("jkx?o")
    assert page.input_value("input[type=search]") == "jkx?o"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.body")


def test_a_question_mark_opens_the_list_of_keys_and_escape_closes_it(inbox_page):
    page, _cases = inbox_page
    page.keyboard.press("?")
    assert page.locator("#keys-dialog").is_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#keys-dialog").is_visible()
