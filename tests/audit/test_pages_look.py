"""The audit pages in a real browser, in both languages."""

import pytest

from audit.anchors import anchor_heads
from tests import world
from tests.browser import look_faults, sign_in, use_elder_mode, use_language

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("peopled"),
]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    case = world.grant().submit().say("accept")
    anchor_heads(case.at)
    sign_in(page, "auditor", world.PASSWORD)
    use_language(page, language)
    page.goto(f"/audit/case/{case.public_id}/")
    page.click("#main form button.govuk-button")
    shown = [
        "/audit/",
        f"/audit/case/{case.public_id}/",
        "/audit/policy/policy/",
        "/audit/reader/auditor/",
        "/audit/anchors/",
    ]
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    use_elder_mode(page, 3)
    page.set_viewport_size(NARROW)
    assert [*faults, *look_faults(page, shown)] == []
