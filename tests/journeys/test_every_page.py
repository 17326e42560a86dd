"""Every page of the URL map, in both languages: no axe violation, nothing too small to touch, no scrolling sideways."""

import pytest

from tests.browser import axe_violations, overflow, small_targets, use_language
from tests.journeys.everything import everything
from tests.journeys.readers import READERS, pages_of, sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("account", READERS)
def test_every_page_is_accessible(page, account, language):
    with everything() as arguments:
        found = []
        paths = list(pages_of(account, arguments))
        sit_down(page, account)
        use_language(page, language)
        for path in paths:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(path)
            found += [f"{path}: {violation}" for violation in axe_violations(page)]
            page.set_viewport_size({"width": 400, "height": 800})
            found += [f"{path}: too small: {target}" for target in small_targets(page)]
            if overflow(page) > 0:
                found.append(f"{path}: scrolls sideways by {overflow(page)} px at 400 px")
        assert found == []
