"""The bank that would be paid, beside the decision: in a real browser, in both languages, narrow and wide."""

import pytest

from tests import walking, world
from tests.approvals.desk import address
from tests.benefits.loan_rows import ID
from tests.benefits.test_claims_loans import SCHEME
from tests.browser import look_faults, sign_in, use_language
from tests.payouts import loan_bank_rows as rows
from tests.payouts.test_loan_banks import BORROWER, banks_are_paid

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_bank_found_by_its_name_is_shown_accessibly(page, language):
    banks_are_paid("2026-01-01")
    walk = walking.of(SCHEME)
    walk.staff()
    rows.registered_in(walk.division)
    told = {"lender": rows.NAME, "id_number": ID, "disability_certificate": BORROWER.certificate}
    claim = walking.Case(world.user("applicant"), SCHEME, walk.answers() | told, walk.at).submit()
    official = claim.official()
    official.set_password(world.PASSWORD)
    official.save()
    sign_in(page, official.username, world.PASSWORD)
    use_language(page, language)
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, [address(claim)])
    assert faults == []
    assert page.get_by_text(rows.NAME).first.is_visible()
