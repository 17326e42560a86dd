"""An applicant without a mouse: from the front page to the receipt with Tab, Space, Enter, arrows and typing."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from people.models import Office
from project.demo import answers
from project.demo.accounts import PASSWORD
from project.demo.directory import MENGZI
from tests import world
from tests.journeys import steps
from tests.journeys.keys import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GO_ON = "main form button.govuk-button:not(.govuk-button--secondary)"


def find_the_scheme(hands):
    hands.page.goto("/")
    hands.go('main a[href="/apply/"]')
    hands.skip()
    hands.choose("division", MENGZI)
    hands.go("main form button")
    hands.go('main a[href^="/apply/grad-jobseeking/"]')


def sign_in_and_begin(hands):
    hands.skip()
    hands.go("main form[method=post] button", "Space")
    hands.skip()
    hands.type("login", "applicant")
    hands.type("password", PASSWORD)
    hands.go("main form button")
    hands.skip()
    hands.tab_to('[name="for_whom"]:checked')
    hands.go("main form[method=post] button", "Space")


def leave_the_name_out(hands):
    """The errors take the focus and lead to the box."""
    hands.skip()
    hands.go(GO_ON)
    assert hands.is_at("[data-error-summary]")
    hands.tab_to("[data-error-summary] a")
    hands.press("Enter")
    assert hands.is_at("#id_name")
    hands.press("Shift+Tab")


def answer(hands, name, value):
    if isinstance(value, bool):
        hands.choose(name, "yes" if value else "no")
    elif hands.page.locator(f'[name="{name}_year"]').count():
        day = date.fromisoformat(value)
        for part in ("year", "month", "day"):
            hands.type(f"{name}_{part}", str(getattr(day, part)))
    elif hands.page.locator(f'select[name="{name}"], [type=radio][name="{name}"]').count():
        hands.choose(name, str(value))
    else:
        hands.type(name, value)


def answer_pages(hands, told):
    while re.search(r"/edit/[^/]+/$", hands.page.url):
        if hands.is_at("body"):
            hands.skip()
        for name in steps.asked(hands.page):
            answer(hands, name, told[name.removesuffix("_again")])
        hands.go(GO_ON)


def hand_in_papers(hands):
    hands.skip()
    for paper in steps.papers_asked(hands.page):
        hands.hand_in(paper, steps.picture(paper))
    hands.go(GO_ON)


def declare_and_submit(hands):
    hands.skip()
    for box in hands.page.locator('[name^="declaration_"]').all():
        hands.tab_to(f'[name="{box.get_attribute("name")}"]')
        hands.press("Space")
    hands.go(GO_ON)


def test_the_form_from_the_front_page_to_the_receipt(page, clock, monday):
    school = Office.objects.get(division_id=MENGZI, function="school", run_by="county")
    told = answers.grant(world.cast(5).person(), school, monday.date())
    hands = Hands(page)
    find_the_scheme(hands)
    sign_in_and_begin(hands)
    leave_the_name_out(hands)
    answer_pages(hands, told)
    hand_in_papers(hands)
    declare_and_submit(hands)
    expect(page).to_have_url(re.compile(r"/receipt/$"))
    assert steps.receipt(page).number.startswith("QZ532503")
