"""A browser window that asks no server: pages come from Django's test client, in any language, mode and width.

A page is rendered once for each way of looking at it; the browser gets the answer, headers included, at its real path.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from project.preferences import ELDER_COOKIE

SITE = "http://zhida.test"
HEIGHT = 900
SCRIPT = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
TARGET, ELDER_TARGET = 44, 60


@dataclass(frozen=True)
class Look:
    """One way of looking: a language, elder mode (0 is off, 3 the largest text) and widths of the window."""

    language: str
    elder: int
    widths: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.language} {'elder ' if self.elder else ''}{self.widths[0]}"

    def of(self, client: Client) -> Client:
        """The client asks for pages as this look wants them."""
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
        client.cookies[ELDER_COOKIE] = str(self.elder)
        return client


class Window:
    """One window, used for page after page. `known` are the kinds of controls whose focus was looked at already."""

    def __init__(self, page: Page) -> None:
        self.page, self.answers, self.known = page, {}, []
        page.route("**/*", self._answer)

    def open(self, path: str, response: HttpResponse, width: int) -> None:
        """Show a page that the client got, at a width."""
        self.answers = {path: response}
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.goto(f"{SITE}{path}", wait_until="load")

    def faults(self, look: Look, width: int) -> list[str]:
        """What is wrong with the page that is open, at a width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        asked = {
            "language": look.language,
            "elder": bool(look.elder),
            "target": ELDER_TARGET if look.elder else TARGET,
            "known": self.known,
        }
        found = self.page.evaluate(SCRIPT, asked)
        self.known += found["kinds"]
        return found["faults"]

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        response = self.answers.get(path.partition("#")[0])
        if response is not None:
            body, headers = b"".join(response) if response.streaming else response.content, dict(response.items())
            return route.fulfill(status=response.status_code, headers=headers, body=body)
        found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
        if found is None:
            return route.fulfill(status=404, body="")
        return route.fulfill(path=found, content_type=guess_type(found)[0] or "application/octet-stream")


@contextmanager
def window(browser: Browser) -> Iterator[tuple[Window, list[str]]]:
    """A window, and the faults that scripts and the security policy of its pages tell by themselves."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    page, told = context.new_page(), []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text) if "Content Security Policy" in message.text else None)
    yield Window(page), told
    context.close()
