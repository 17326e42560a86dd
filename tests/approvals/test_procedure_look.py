"""The pages of answers to objections and to requests for a hearing in a real browser, in both languages and sizes."""

import pytest

from approvals import notices
from tests import world
from tests.approvals import exofficio
from tests.browser import axe_violations, look_faults, overflow, sign_in, use_language
from tests.stages import noticed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 400, "height": 720})
CODE = "ABCD2345EFGH"


def in_both(page, look):
    """What is wrong in both languages and sizes."""
    faults = []
    for language in ("zh-hans", "en"):
        use_language(page, language)
        for size in SIZES:
            page.set_viewport_size(size)
            faults += [f"{language} {size['width']} {fault}" for fault in look()]
    return faults


def test_the_answer_to_a_request_for_a_hearing_looks_right(page):
    taken = exofficio.about_grant().tell().state(wants_hearing=True)
    sign_in(page, "prefecture-reviewer", world.PASSWORD)
    assert in_both(page, lambda: look_faults(page, [f"/inbox/{taken.public_id}/ex-officio/"])) == []


def test_the_reply_to_an_objection_looks_right(page):
    case = noticed(0)
    notices.object_to(case.application.notices.get(), "该生已经就业。", "", case.later(1), code=CODE)
    case.say("dismiss", text="经核实，该生没有就业。")

    def look():
        faults = look_faults(page, ["/notices/replies/"])
        page.fill("input[name=code]", CODE)
        page.click("main form button")
        page.wait_for_selector("article.zd-paper")
        return faults + axe_violations(page) + ([f"sideways {overflow(page)}"] if overflow(page) else [])

    page.goto("/")
    assert in_both(page, look) == []
