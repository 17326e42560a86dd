"""Somebody without a mouse asks what there is for them, in either language, on a narrow screen: every page is clean."""

import pytest

from project.demo.directory import MENGZI
from tests.browser import axe_violations, overflow, small_targets, use_language
from tests.journeys.keys import Hands

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TICK = "input[name={}][value={}]"
NEXT = "form[action='/apply/find/'] button:not([name])"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_questions_are_answered_and_the_result_is_read_without_a_mouse(page, language):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/")
    use_language(page, language)
    page.goto("/apply/find/")
    hands, faults = Hands(page), []

    def go_on():
        hands.go(NEXT)
        faults.extend([*axe_violations(page), *small_targets(page), *([overflow(page)] if overflow(page) else [])])

    hands.choose("division", MENGZI)
    hands.choose("asks_for", "self")
    go_on()
    hands.choose("disability", "certificate")
    tick(hands, "disability_kinds", "sight")
    go_on()
    hands.type("age", "22")
    hands.choose("residence", "rural")
    go_on()
    tick(hands, "doing", "seeking")
    hands.choose("graduate", "this_year")
    go_on()
    tick(hands, "trades", "massage")
    go_on()
    hands.choose("household", "none")
    hands.choose("somebody_works", "nobody")
    go_on()
    tick(hands, "needs", "training")
    go_on()
    assert page.locator("#fits").count() == 1
    assert page.locator("a[href^='/apply/grad-jobseeking/']").count() == 1
    assert faults == []
    page.go_back()
    assert page.locator(TICK.format("needs", "training")).is_checked()
    page.go_forward()
    hands.go("form[action='/preferences/elder/'] button[value='1']")
    assert page.locator("#fits").count() == 1


def tick(hands, name, value):
    hands.tab_to(TICK.format(name, value))
    hands.press("Space")
