"""Passkeys in a real browser with an authenticator of its own: added, then enough to sign in; as a second step too."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import world
from tests.browser import axe_violations, sign_in, small_targets
from tests.project.signing import actions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("peopled")]
NAME = "county-reviewer"
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(page):
    """The browser has a fingerprint reader."""
    found = page.context.new_cdp_session(page)
    found.send("WebAuthn.enable")
    found.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    return found


def add_key(page):
    sign_in(page, NAME, world.PASSWORD)
    page.goto("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", world.PASSWORD)
        page.click("main form button")
    page.fill("input[name=name]", "办公室电脑")
    assert axe_violations(page) == []
    page.click("form[data-passkey] button")
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_added_and_then_signs_in_by_itself(page, device):
    add_key(page)
    key = Authenticator.objects.get(type="webauthn")
    assert (key.user, key.wrap().name) == (world.user(NAME), "办公室电脑")
    page.goto("/accounts/2fa/webauthn/")
    assert (axe_violations(page), small_targets(page)) == ([], [])
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/accounts/where/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", name="现在登录着的地方")).to_be_visible()
    assert "factor.added" in actions_of(NAME)


def test_after_the_password_the_passkey_is_the_second_step(page, device):
    add_key(page)
    page.context.clear_cookies()
    sign_in(page, NAME, world.PASSWORD)
    assert page.url.endswith("/accounts/2fa/authenticate/")
    page.get_by_role("button", name="用通行密钥").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def test_without_script_the_page_leads_to_the_generator(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, NAME, world.PASSWORD)
    page.goto("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", world.PASSWORD)
        page.click("main form button")
    assert page.get_by_text("请开通验证器应用").is_visible()
    assert not page.locator("form[data-passkey]").is_visible()
    page.goto("/accounts/login/")
    context.close()
