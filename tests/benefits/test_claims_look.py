"""The pages of a periodic benefit and of a bank's list in a real browser: accessible in both languages."""

import pytest

from tests import world
from tests.benefits import claimed
from tests.browser import look_faults, sign_in, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 320, "height": 720}, {"width": 1280, "height": 900})


def faults_of(page, account, shown):
    """What is wrong with the pages of one account, in both languages and both widths."""
    sign_in(page, account, world.PASSWORD)
    found = []
    for language in ("zh-hans", "en"):
        use_language(page, language)
        for size in SIZES:
            page.set_viewport_size(size)
            found += look_faults(page, shown)
    return found


def test_its_holder_reads_the_periods_and_the_short_claim(page):
    claimed.publish()
    case = claimed.granted("2026-06-01", 2, months_received=1)
    draft = claimed.begun(claimed.granted("2026-06-01", 1, n=4))
    shown = [f"/applications/{case.public_id}/", f"/applications/{draft.public_id}/check/"]
    assert faults_of(page, "applicant", shown) == []


def test_officials_read_every_claim_and_compare_a_list(page):
    claimed.publish()
    case = claimed.granted("2026-06-01", 2)
    claimed.short(case).say("grant")
    assert faults_of(page, "county-reviewer", [f"/inbox/{case.public_id}/periods/", "/inbox/loans/"]) == []
