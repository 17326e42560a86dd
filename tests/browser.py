"""A real browser for tests, and what to ask of a page in it: accessible, big enough to touch, no scrolling sideways."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIND_SMALL = """size => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(
element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  if (!box.width || style.visibility === 'hidden' || element.type === 'hidden') return false;
  if (element.closest('.govuk-visually-hidden, .govuk-skip-link')) return false;
  const inText = element.matches('a') && style.display === 'inline';
  if (inText && element.closest('p, .zd-card, .govuk-task-list')) return false;
  return box.height < size - 0.5 || box.width < size - 0.5;
}).map(element => `${element.outerHTML.slice(0, 90)} ${JSON.stringify(element.getBoundingClientRect())}`)"""


@contextmanager
def launch_browser() -> Iterator[Browser]:
    """Chromium as the system has it; it asks nothing of the network by itself."""
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong on the page, one line a finding; the page's own security policy stays in force."""
    page.evaluate(_axe())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']}: {rule['help']} — {node['html'][:160]} — {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def small_targets(page: Page, size: int = 44) -> list[str]:
    """Controls smaller than ``size`` pixels either way; links inside running text do not count."""
    return page.evaluate(FIND_SMALL, size)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; 0 when nothing needs scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def use_language(page: Page, code: str) -> None:
    """Choose the language of the pages that follow: zh-hans or en."""
    page.context.add_cookies([{"name": "django_language", "value": code, "url": _address(page)}])


def use_elder_mode(page: Page, size: int = 1) -> None:
    """Turn elder mode on (1–3) or off (0) for the pages that follow."""
    page.context.add_cookies([{"name": "zhida_elder", "value": str(size), "url": _address(page)}])


def _address(page: Page) -> str:
    """The site the page is on; the page must have been opened once."""
    return page.evaluate("location.origin")


def look_faults(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with the look of each page: findings of axe, small targets, scrolling sideways."""
    faults = []
    for address in addresses:
        page.goto(address)
        found = [*axe_violations(page), *small_targets(page)]
        found += [f"{overflow(page)} pixels too wide"] if overflow(page) else []
        faults += [f"{address}: {fault}" for fault in found]
    return faults


def sign_in(page: Page, account: str, password: str) -> None:
    """Sign in as a person would."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.click("main form button")
    page.wait_for_load_state()
