"""The policy pages in a real browser, in both languages, without signing in."""

import pytest

from tests.browser import look_faults, use_elder_mode, use_language

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("founded"),
]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
PAGES = [
    "/policy/",
    "/policy/?q=红河",
    "/policy/?q=nowhere",
    "/policy/grad-jobseeking/532503/?on=2026-11-22",
    "/policy/dibao-phase-out/532622/?on=2024-06-01",
    "/policy/lottery-deposit-waiver/532622/?on=2026-11-22",
    "/policy/grad-jobseeking/532503/?on_year=2026&on_month=2&on_day=30",
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    page.goto("/policy/")
    use_language(page, language)
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, PAGES)
    use_elder_mode(page, 3)
    page.set_viewport_size(NARROW)
    assert [*faults, *look_faults(page, PAGES)] == []
