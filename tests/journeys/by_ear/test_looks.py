"""The same way without script, at 400 %, and in colours of one's own without motion."""

import pytest

from applications.states import State
from tests.browser import overflow
from tests.journeys.by_ear.ears import Ears
from tests.journeys.by_ear.families import file_by_ear
from tests.journeys.drawn import moving, without_edges

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 640}  # 1280 px at 400 %
COLOURS = {"forced_colors": "active", "reduced_motion": "reduce"}


def too_wide(page):
    """What needs scrolling sideways."""
    return [f"{overflow(page)} pixels too wide"] if overflow(page) else []


@pytest.mark.parametrize(
    "family, looked_at, looks",
    [
        ("service", {"java_script_enabled": False}, ()),
        ("phase_out", {"viewport": NARROW}, (too_wide,)),
        ("periodic", COLOURS, (without_edges, moving)),
    ],
    ids=["without script", "at 400 %", "in colours of one's own"],
)
def test_the_way_to_the_receipt_is_the_same(browser, live_server, clock, family, looked_at, looks):
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **looked_at)
    ears = Ears(context.new_page(), *looks)
    ears.open("/")
    case = file_by_ear(ears, clock, family, "applicant")
    context.close()
    assert case.state != State.DRAFT
