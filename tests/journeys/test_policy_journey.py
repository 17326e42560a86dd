"""A figure comes into force: a document and its clause, then the value that rests on it, each by two people."""

from datetime import date

import pytest
from playwright.sync_api import expect

from schemes.policies import resolve
from tests.browser import axe_violations
from tests.journeys import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "红河州人力资源和社会保障局关于提高求职补贴标准的通知"
NUMBER = "红人社发〔2026〕88号"
CLAUSE = "求职补贴标准为每人1500元。"
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def axe(page):
    """Every page that is left has been looked at; what was found is told at the end."""
    found = []
    yield lambda: found.extend(f"{page.url}: {one}" for one in axe_violations(page))
    assert found == []


def amount(day):
    return resolve("grad-jobseeking", "532503", day).values["amount"]


def draft_document(page, axe):
    """The editor pastes a notice and takes its one clause from it; the address of the draft."""
    steps.sign_in(page, "policy-editor", to="/policy/work/")
    axe()
    steps.follow(page, page.get_by_role("link", name="起草政策文件"))
    axe()
    steps.fill(
        page, division="532500", title=TITLE, number="红人社发〔2026〕88号", issuer="红河州人社局", source="official"
    )
    steps.fill(page, dated="2026-11-20", in_force_to="2028-12-31", text=f"一、{CLAUSE}\n二、自2027年1月1日起施行。")
    steps.press(page, "保存草稿")
    axe()
    address = page.url
    steps.follow(page, page.get_by_role("link", name="录入条款"))
    axe()
    steps.fill(page, scheme="grad-jobseeking", clause="一", text="每人一千五百元", strength="shall")
    steps.press(page, "保存条款")
    expect(page.locator("main")).to_contain_text("条文与全文不一致")
    steps.fill(page, text=CLAUSE)
    steps.press(page, "保存条款")
    return address


def submit(page, reason, **more):
    steps.fill(page, reason=reason, **more)
    steps.press(page, "提交，请人发布")
    expect(page.locator("main")).to_contain_text("起草人不能发布自己的草案")


def publish(page, axe, title):
    """The publisher finds it on the desk, reads what changes and publishes."""
    steps.sign_in(page, "policy-publisher", to="/policy/work/")
    axe()
    steps.follow(page, page.get_by_role("link", name=title).first)
    axe()
    steps.press(page, "发布")
    expect(page.locator("main")).to_contain_text("已发布")


def test_an_editor_drafts_a_publisher_publishes_and_the_figure_is_in_force(page, clock, axe):
    draft_document(page, axe)
    axe()
    submit(page, "登记新通知")
    clock.shift(steps.HOUR)
    publish(page, axe, TITLE)

    clock.shift(steps.HOUR)
    steps.sign_in(page, "policy-editor", to="/policy/work/")
    steps.follow(page, page.get_by_role("link", name="调整政策参数"))
    steps.fill(page, scheme="grad-jobseeking", division="532500")
    steps.press(page, "查看")
    axe()
    steps.follow(page, page.get_by_role("row").filter(has_text="补贴金额").get_by_role("link"))
    axe()
    steps.press(page, "保存草稿，看看变化")
    expect(page.locator("main")).to_contain_text("请选择“依据的文件和条款”")
    page.locator("select[name=clause]").select_option(label=f"{NUMBER} 一（红河哈尼族彝族自治州）")
    steps.fill(page, value="1,500", basis="stated", valid_from=AFTER, valid_to="2028-12-31")
    steps.press(page, "保存草稿，看看变化")
    axe()
    expect(page.locator("main")).to_contain_text("1,500.00元")
    submit(page, "按新通知")
    assert amount(AFTER).value == "1000.00"

    clock.shift(steps.HOUR)
    publish(page, axe, "补贴金额")
    axe()
    assert (amount(BEFORE).value, amount(BEFORE).basis) == ("1000.00", "assumed")
    assert (amount(AFTER).value, amount(AFTER).basis) == ("1500.00", "stated")

    page.context.clear_cookies(name="sessionid")
    page.goto("/policy/grad-jobseeking/532503/?on=2027-01-01")
    expect(page.locator("main")).to_contain_text("1,500.00元")
    expect(page.locator("main")).to_contain_text(CLAUSE)
