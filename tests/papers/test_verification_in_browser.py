"""The public verification pages in a real browser: both languages, large and small windows, keyboard alone."""

import pytest

from papers import codes
from tests.browser import axe_violations, overflow, small_targets, use_language

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(transactional_db, issued):
    return issued()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1200, 320])
def test_the_pages_are_accessible_and_fit(page, paper, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/verify/")
    use_language(page, language)
    for address in ("/verify/", "/verify/?code=1", f"/verify/{paper.verify_code}/", "/verify/222233334444/"):
        page.goto(address)
        assert axe_violations(page) == [], address
        assert small_targets(page) == [], address
        assert overflow(page) == 0, address


def test_a_code_is_verified_by_keyboard_alone(page, paper):
    page.goto("/verify/")
    page.locator("#code").focus()
    page.keyboard.type(codes.grouped(paper.verify_code).lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{paper.verify_code}/")

    assert "现在有效" in page.locator("main").inner_text()


def test_the_error_leads_to_the_field(page, transactional_db):
    page.goto("/verify/?code=1")
    page.get_by_role("link", name="核验码应为12位").click()

    assert page.evaluate("document.activeElement.id") == "code"
