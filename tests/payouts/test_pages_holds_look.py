"""The pages of holds, rosters and the balance in a real browser: accessible in both languages, narrow and wide."""

import pytest

from tests import world
from tests.browser import look_faults, sign_in, use_language
from tests.payouts import held

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 320, "height": 720}, {"width": 1280, "height": 900})


def addresses():
    """Every page about what waits, with something on it, and the charts of the balance."""
    hold, case = held.held()
    world.granted(5)
    held.made(case.later())
    own = [f"/finance/holds/{hold.pk}/", f"/finance/holds/rosters/{hold.entry.roster_id}/"]
    return ["/finance/holds/", *own, "/finance/holds/put/", "/finance/holds/rosters/", "/finance/balance/"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    sign_in(page, "finance-checker", world.PASSWORD)
    use_language(page, language)
    shown, faults = addresses(), []
    for size in SIZES:
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    assert faults == []
