"""The pages of a phase-out in a real browser, in both languages, narrow and wide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import world
from tests.benefits import changed
from tests.browser import look_faults, sign_in, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def reported():
    """A phase-out in which a change is looked into, and one with nothing to tell."""
    case, quiet = world.phase_out_granted(0), world.phase_out_granted(3)
    at = timezone.now() - timedelta(hours=1)
    changed.report(case, changed.told(on=timezone.localdate(at)), suspend=True, at=at)
    return case.public_id, quiet.public_id


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("account", ["county-reviewer", "county-approver", "applicant"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language, account):
    cases = reported()
    sign_in(page, account, world.PASSWORD)
    use_language(page, language)
    if account == "applicant":
        shown = [f"/applications/{case}/change/" for case in cases]
    else:
        shown = [f"/inbox/{case}/phase-out/?month=2026-12" for case in cases]
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    assert faults == []
