"""The pages of waivers in a real browser, in both languages, narrow and wide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import world
from tests.benefits import waived
from tests.browser import look_faults, sign_in, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def lived():
    """One that was partly refunded and checked, with a change that waits; and one that is pending."""
    case, quiet = waived.in_force(0), waived.granted(2)
    at = timezone.now() - timedelta(days=4)
    case.at = max(case.at, at)
    waived.refund(case)
    waived.check(case, "unclear", in_person=False)
    waived.report(case, "moved")
    return case.public_id, quiet.public_id


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("account", ["lottery-centre", "prefecture-reviewer", "applicant"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language, account):
    case, quiet = lived()
    sign_in(page, account, world.PASSWORD)
    use_language(page, language)
    if account == "applicant":
        shown = [f"/applications/{case}/waiver-change/", f"/applications/{case}/", f"/applications/{quiet}/"]
    else:
        one = f"/inbox/{case}/waiver/"
        acts = ["refund/"] if account == "lottery-centre" else ["answer/"]
        shown = ["/inbox/waivers/", "/inbox/waivers/?list=pending", one, f"{one}check/"]
        shown += [one + act for act in acts]
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    assert faults == []
