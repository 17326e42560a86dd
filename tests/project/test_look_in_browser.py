"""Pages in a real browser: nothing for axe to find, big targets, no sideways scrolling, keyboard, no script needed."""

import pytest

from tests.browser import axe_violations, overflow, small_targets, use_elder_mode, use_language

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.urls("tests.project.urls")]

PAGES = ["/front/", "/gallery/", "/gallery/?wrong", "/source/", "/accessibility/", "/accounts/login/", "/no-such-page/"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing(page, language):
    page.goto("/source/")
    use_language(page, language)
    for address in PAGES:
        page.goto(address)
        assert axe_violations(page) == [], address


@pytest.mark.parametrize("size, pixels", [(0, 44), (1, 60), (3, 60)])
def test_everything_to_press_is_big_enough(page, size, pixels):
    page.goto("/source/")
    use_elder_mode(page, size)
    for address in PAGES:
        page.goto(address)
        assert small_targets(page, pixels) == [], address


@pytest.mark.parametrize("size", [0, 3])
def test_a_narrow_window_never_scrolls_sideways(page, size):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/source/")
    use_elder_mode(page, size)
    for address in PAGES:
        page.goto(address)
        assert overflow(page) == 0, address


def test_elder_text_goes_from_22_to_30_pixels(page):
    page.goto("/source/")
    sizes = []
    for size in (1, 2, 3):
        use_elder_mode(page, size)
        page.goto("/accessibility/")
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main .govuk-body')).fontSize)"))
    assert sizes[0] >= 22
    assert sizes == sorted(sizes)
    assert sizes[-1] >= 30


def test_the_first_key_leads_past_the_navigation(page):
    page.goto("/gallery/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_errors_take_the_focus_and_lead_to_the_field(page):
    page.goto("/gallery/?wrong")
    assert page.title().startswith("错误：")
    assert page.evaluate("document.activeElement.matches('.govuk-error-summary')")
    page.get_by_role("link", name="请填写“姓名”").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_errors_take_the_focus_without_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/gallery/?wrong")
    assert page.locator(".govuk-error-summary:focus").count() == 1
    page.get_by_role("link", name="请填写“姓名”").click()
    assert page.locator("#id_name:focus").count() == 1
    context.close()


def test_elder_mode_and_language_switch_without_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/front/")
    page.get_by_role("button", name="长者模式").click()
    assert page.locator("html.elder").count() == 1
    page.locator("button[lang=en]").click()
    assert page.locator("html[lang=en].elder").count() == 1
    assert page.url.endswith("/front/")
    context.close()


def test_a_double_click_submits_once_and_a_single_one_always(page):
    page.goto("/gallery/")
    held_back = page.evaluate("""() => {
      const form = document.querySelector('main form'), fates = [];
      window.addEventListener('submit', event => { fates.push(event.defaultPrevented); event.preventDefault(); });
      form.requestSubmit();
      form.requestSubmit();
      return fates;
    }""")
    assert held_back == [False, True]


def test_what_is_typed_is_saved_by_and_by_and_said_politely(page):
    page.route("**/autosave/", lambda route: route.fulfill(status=204))
    page.goto("/gallery/")
    with page.expect_request("**/autosave/") as request:
        page.fill("#id_name", "李晓梅")
    assert "autosave" in request.value.post_data
    status = page.locator("[data-autosave-status]")
    status.get_by_text("已自动保存").wait_for()
    assert status.get_attribute("role") == "status"


def test_a_failed_save_says_what_to_do(page):
    page.route("**/autosave/", lambda route: route.fulfill(status=500))
    page.goto("/gallery/")
    page.fill("#id_name", "李晓梅")
    page.locator("[data-autosave-status]").get_by_text("请按“保存”按钮").wait_for()
