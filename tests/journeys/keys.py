"""Somebody who uses the keyboard alone: Tab, Shift, Space, Enter, arrows and letters."""

import io
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Page

MOST_STOPS = 60
MARGIN = 8
KIND = "() => { const one = document.activeElement; return [one.localName, one.type, one.className].join(' '); }"
# Where the focus is to be seen: a radio button or a check box is drawn by its label.
PLACE = """() => {
  const boxes = [document.activeElement, ...(document.activeElement.labels || [])]
    .map((one) => one.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)), top = Math.min(...boxes.map((box) => box.top));
  return {x: left, y: top, width: Math.max(...boxes.map((box) => box.right)) - left,
          height: Math.max(...boxes.map((box) => box.bottom)) - top};
}"""
BLUR = "() => { window.zhidaFocus = document.activeElement; zhidaFocus.blur(); }"


class Hands:
    """Hands on the keyboard of one window. At every stop the focus must be on the screen, and once for every kind of
    control a picture with the focus must differ from one without."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, set()
        page.emulate_media(reduced_motion="reduce")  # what has the focus is on the screen at once
        page.on("filechooser", lambda chooser: None)  # from now on choosers come to us, not to a dialog

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, selector: str) -> bool:
        """Whether the focus is on such an element."""
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def tab_to(self, selector: str) -> None:
        """Tab until the focus is on such an element."""
        for _stop in range(MOST_STOPS):
            self.press("Tab")
            self._look()
            if self.is_at(selector):
                return
        raise AssertionError(f"Tab does not reach {selector} on {self.page.url}")

    def skip(self) -> None:
        """Pass by header and navigation, as the first stop of every page offers."""
        self.press("Tab")
        assert self.is_at("a[href='#main']")
        self._look()
        self.press("Enter")

    def go(self, selector: str, key: str = "Enter") -> None:
        """Tab to a link or a button, press it and wait for the page it leads to."""
        self.tab_to(selector)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.press(key)

    def type(self, name: str, text: str) -> None:
        """Tab to a text box and type."""
        self.tab_to(f'[name="{name}"]')
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Tab to a list or a group of radio buttons and go down to the option."""
        self.tab_to(f'[name="{name}"]')
        if self.is_at("[type=radio]:not(:checked)"):
            self.press("Space")
        for _option in range(MOST_STOPS):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    def hand_in(self, name: str, file: dict[str, Any]) -> None:
        """Tab to a file input, open it and choose a file."""
        self.tab_to(f'[name="{name}"]')
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)

    def _look(self) -> None:
        place, window = self.page.evaluate(PLACE), self.page.viewport_size
        where = f"{self.page.evaluate(KIND)} on {self.page.url}"
        assert place["y"] + place["height"] > 0, f"above the screen: {where}"
        assert place["y"] < window["height"], f"below the screen: {where}"
        kind = where.partition(" on ")[0]
        if kind not in self.seen:
            self.seen.add(kind)
            assert self._differs(place), f"no focus to be seen: {where}"

    def _differs(self, place: dict[str, float]) -> bool:
        clip = {
            "x": max(0, place["x"] - MARGIN),
            "y": max(0, place["y"] - MARGIN),
            "width": place["width"] + 2 * MARGIN,
            "height": place["height"] + 2 * MARGIN,
        }
        focused = self.page.screenshot(clip=clip)
        self.page.evaluate(BLUR)
        plain = self.page.screenshot(clip=clip)
        self.page.evaluate("() => zhidaFocus.focus()")
        pictures = [Image.open(io.BytesIO(one)).convert("RGB") for one in (focused, plain)]
        return ImageChops.difference(*pictures).getbbox() is not None
