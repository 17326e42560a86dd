"""Before a sign-in ends a dialog warns; one press goes on; what was typed is not lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import world
from tests.browser import axe_violations, sign_in, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("peopled")]
ANSWERS = {"idle": 1000, "age": 9000}


@pytest.fixture(autouse=True)
def _an_hour(settings):
    settings.IDLE_MINUTES_STAFF = 60


@pytest.fixture
def answers(page):
    """What the server says is left, as the test wants it."""
    left = dict(ANSWERS)
    page.route("**/accounts/remaining/", lambda route: route.fulfill(json=left))
    page.route("**/accounts/extend/", lambda route: route.fulfill(json=ANSWERS))
    return left


def sit(page, path, idle):
    """A page whose sign-in has so many seconds left; the time of its script stands still."""
    sign_in(page, "county-reviewer", world.PASSWORD)
    page.clock.install()
    page.goto(path)
    page.clock.fast_forward((3600 - idle) * 1000)


def nobody_comes_back(page, answers):
    """Time passes, an hour and a quarter at a stride; each time the script hears what the server says."""
    answers["idle"] = 0
    for _stride in range(4):
        page.clock.fast_forward(4_500_000)
        page.wait_for_timeout(200)


def test_it_warns_aloud_and_one_press_goes_on(page, answers):
    answers["idle"] = 120
    sit(page, "/accounts/where/", 120)
    dialog = page.get_by_role("dialog", name="登录快要结束了")
    expect(dialog).to_be_visible()
    assert (axe_violations(page), small_targets(page)) == ([], [])
    expect(dialog.get_by_role("button", name="我还在，继续")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_while_somebody_is_there_nothing_is_asked(page, answers):
    sit(page, "/accounts/where/", 3500)
    page.keyboard.press("Tab")
    page.clock.fast_forward(100_000)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_at_the_end_nothing_is_left_to_be_read_and_the_form_goes_on_after_signing_in(page, answers):
    sit(page, reverse("standing:relative"), 3500)
    page.locator("main input[type=text]").first.fill("x")
    nobody_comes_back(page, answers)
    expect(page.get_by_role("button", name="留着内容，重新登录")).to_be_visible()
    expect(page.locator("#main")).to_be_hidden()


def test_a_password_is_never_promised_to_be_kept(page, answers):
    sit(page, "/accounts/password/change/", 3500)
    page.fill("input[name=oldpassword]", "x")
    nobody_comes_back(page, answers)
    expect(page.get_by_role("button", name="重新登录", exact=True)).to_be_visible()
