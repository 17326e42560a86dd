"""The applicant's pages in a real browser: accessible in both languages, nothing too small, nothing sideways."""

import pytest

from tests import world
from tests.applications.pages import hand_in_everything, url
from tests.browser import axe_violations, overflow, small_targets, use_elder_mode, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 720}


@pytest.fixture
def signed_in(page):
    """The browser of the account `applicant`."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "applicant")
    page.fill("input[name=password]", world.PASSWORD)
    page.click("main form button")
    page.wait_for_load_state()
    return page


def addresses():
    """A page of every kind, and a case for each state that looks different."""
    draft, household = hand_in_everything(world.grant()), world.phase_out()
    returned = world.grant(5).submit().ask_to_correct()
    granted = world.granted(8)
    return [
        "/",
        "/apply/?division=532503",
        "/apply/?division=532622",
        "/apply/grad-jobseeking/?division=532503",
        "/applications/",
        url(draft),
        url(draft, "edit/identity/"),
        url(draft, "edit/graduation/"),
        url(draft, "edit/school/"),
        url(draft, "papers/"),
        url(draft, "earlier/"),
        url(draft, f"earlier/?who={granted.public_id}"),
        url(draft, "check/"),
        url(household, "edit/household/"),
        url(household, "edit/household/members/2/"),
        url(returned),
        url(returned, "correct/"),
        url(returned, "withdraw/"),
        url(returned, "receipt/"),
        url(granted),
        url(granted, f"papers/{_paper_of(granted)}/"),
    ]


def _paper_of(case):
    return case.application.decisions.get(kind="grant").paper_id


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_and_fits_a_narrow_window(signed_in, language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    use_language(signed_in, language)
    signed_in.set_viewport_size(NARROW)
    faults = []
    for address in addresses():
        signed_in.goto(address)
        found = [*axe_violations(signed_in), *small_targets(signed_in)]
        faults += [f"{address}: {fault}" for fault in found]
        faults += [f"{address}: {overflow(signed_in)} pixels too wide"] if overflow(signed_in) else []
    assert faults == []


def test_elder_mode_makes_every_target_large(signed_in):
    case = world.grant()
    use_elder_mode(signed_in, 3)
    for rest in ("edit/identity/", "edit/school/", "papers/", "check/"):
        signed_in.goto(url(case, rest))
        assert small_targets(signed_in, 60) == []
        assert overflow(signed_in) == 0


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(signed_in):
    signed_in.goto(url(world.grant(), "edit/identity/"))
    signed_in.fill("#id_id_number", "532524199901010018")
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_selector(".govuk-error-summary")
    assert signed_in.evaluate("document.activeElement.className") == "govuk-error-summary"
    signed_in.keyboard.press("Tab")
    signed_in.keyboard.press("Enter")
    assert signed_in.evaluate("document.activeElement.id") == "id_id_number"


def test_a_case_is_filed_by_keyboard_alone(signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = hand_in_everything(world.grant())
    signed_in.goto(url(case, "check/"))
    signed_in.focus("#id_declaration_1")
    for _declaration in case.application.definition.declarations:
        signed_in.keyboard.press("Space")
        signed_in.keyboard.press("Tab")
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url("**/receipt/")
    assert case.application.number in signed_in.content()
