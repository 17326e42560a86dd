"""The pages of finance in a real browser: accessible in both languages, and a batch paid with the keyboard alone."""

import pytest

from payouts import batching
from payouts.models import Batch
from tests import world
from tests.browser import look_faults, sign_in, use_elder_mode, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GRANT = "grad-jobseeking"
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def addresses():
    """Every page, and a batch in each state that looks different."""
    case = world.granted()
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), GRANT, case.later())
    batching.seal(maker, batch.number, case.later())
    batching.approve(checker, batch.number, case.later())
    world.granted(5)
    discarded = batching.make(maker, world.finance(), GRANT, case.later())
    batching.discard(maker, discarded.number, "金额有误", case.later())
    world.granted(8)
    opened = batching.make(maker, world.finance(), GRANT, case.later())
    world.granted(11)
    payable = f"/finance/payable/{world.finance().pk}/{GRANT}/"
    pages = [f"/finance/batches/{one.number}/" for one in (batch, discarded, opened)]
    more = [f"/finance/batches/{batch.number}/cover/", f"/finance/batches/{opened.number}/discard/"]
    return ["/finance/", "/finance/batches/", payable, *pages, *more]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    sign_in(page, "finance-maker", world.PASSWORD)
    use_language(page, language)
    shown = addresses()
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    use_elder_mode(page, 3)
    page.set_viewport_size(NARROW)
    faults += look_faults(page, shown)
    assert faults == []


def press(page, name):
    """Find a button or link with the Tab key alone and press it."""
    page.locator("#main").focus()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {name} by keyboard")


def test_a_batch_is_made_and_sealed_with_the_keyboard_alone(page):
    world.granted()
    sign_in(page, "finance-maker", world.PASSWORD)
    page.goto("/finance/")
    for name in ("残疾人高校毕业生一次性求职补贴", "按此合计编制批次", "封存批次"):
        press(page, name)
    batch = Batch.objects.get()
    assert batch.state == "sealed"
    assert "批次已封存" in page.locator("#messages").inner_text()


def test_a_refused_act_takes_the_focus_to_the_reason(page):
    case = world.granted()
    batch = batching.make(world.user("finance-maker"), world.finance(), GRANT, case.later())
    sign_in(page, "finance-maker", world.PASSWORD)
    page.goto(f"/finance/batches/{batch.number}/")
    batching.seal(world.user("finance-maker"), batch.number, case.later())
    press(page, "封存批次")
    assert "已经封存" in page.evaluate("document.activeElement.textContent")


def test_a_file_is_downloaded_under_its_number(page):
    case = world.granted()
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), GRANT, case.later())
    batching.seal(maker, batch.number, case.later())
    batching.approve(checker, batch.number, case.later())
    sign_in(page, "finance-checker", world.PASSWORD)
    page.goto(f"/finance/batches/{batch.number}/")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    assert download.value.suggested_filename == f"{batch.number}.xlsx"
