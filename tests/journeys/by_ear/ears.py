"""Somebody who hears the screen and uses the keyboard: knows of a page what the accessibility tree tells.

Nothing here looks into the HTML. At every page that opens the title, the heading and the landmarks have to tell where
one is; how else a page is looked at (narrow, in colours of one's own) is asked of it by `looks`.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from playwright.sync_api import Page

from tests.journeys.by_ear.tree import Heard, Tree

MOST_STOPS = 150
MOST_OPTIONS = 40
LANDMARKS = ("banner", "main", "contentinfo")
OPTIONAL = "（选填）"
Look = Callable[[Page], list[str]]


class Ears:
    """One person at one window; `titles` are those of the pages heard so far.

    Texts of the site are named by the Chinese ones and expected in the language that is active.
    """

    def __init__(self, page: Page, *looks: Look) -> None:
        self.page, self.looks = page, looks
        self.tree, self.titles = Tree(page), []
        page.emulate_media(reduced_motion="reduce")
        page.on("filechooser", lambda chooser: None)  # from now on choosers come to us, not to a dialog

    def open(self, path: str) -> None:
        """Come from elsewhere: a bookmark, a message that was sent."""
        self.page.goto(path)
        self._arrive()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def heard(self) -> Heard:
        """What is said of the control that has the focus."""
        return self.tree.focused()

    def next(self) -> Heard:
        """Go on to the next control."""
        self.press("Tab")
        return self.heard()

    def skip(self) -> None:
        """Pass by header and navigation, as the first stop of every page offers."""
        heard = self.next()
        assert (heard.role, heard.name) == ("link", gettext("跳到正文")), f"{self.page.url}: first is {heard}"
        self.press("Enter")

    def go_to(self, role: str, *texts: str) -> Heard:
        """Go on until a control of this role is said whose name is one of these texts of the site, or of the case.

        A name may go on behind it with what it is of ("去修改：身份证照片"); to name that too tells one from another.
        """
        names, passed = {*texts, *map(gettext, texts)}, []
        for _stop in range(MOST_STOPS):
            heard = self.next()
            if heard.role == role and {heard.name, heard.name.partition(gettext("：").strip())[0].strip()} & names:
                return heard
            passed.append(f"{heard.role} {heard.name}")
        raise AssertionError(f"{self.page.url}: no {role} {names} was said, but {list(dict.fromkeys(passed))}")

    def follow(self, role: str = "", *texts: str) -> None:
        """Go to a link or a button, press it and hear the page it leads to; without a role press what has the focus."""
        if role:
            self.go_to(role, *texts)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.press("Enter")
        self._arrive()

    def type(self, text: str) -> None:
        """Type into the box that has the focus, over what stands in it."""
        self.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, wanted: str | None) -> None:
        """In a group of radio buttons or a list, go down to the option that is called so; None takes the first."""
        heard = self.heard()
        if heard.role == "combobox":
            return self._choose_in_list(heard, wanted)
        if not heard.is_("checked"):
            self.press("Space")
        for _option in range(MOST_OPTIONS):
            if wanted in (None, self.heard().name):
                return None
            self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {heard.group} has no {wanted!r}")

    def _choose_in_list(self, heard: Heard, wanted: str | None) -> None:
        """Options are told in their order; so many steps from the one that stands."""
        names = self.tree.options()
        goal = names[1] if wanted is None else wanted
        assert goal in names, f"{self.page.url}: {heard.name} has no {goal!r}, but {names[:9]}"
        steps = names.index(goal) - names.index(heard.value)
        self.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        assert self.heard().value == goal

    def hand_in(self, file: dict[str, Any]) -> None:
        """Open the file input that has the focus and choose a file."""
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)

    def fill(self, end: str, answers: dict[str, Any]) -> None:
        """Answer what is asked by these names, all of them, and go on by the button `end`.

        Names are texts of the site; True ticks, None takes the first option, a dict is a file.
        """
        wanted = {gettext(label): answer for label, answer in answers.items()}
        for _stop in range(MOST_STOPS):
            heard = self.next()
            if (heard.role, heard.name) == ("button", gettext(end)):
                assert not wanted, f"{self.page.url}: nothing was asked like {wanted}"
                return self.follow()
            label = next((one for one in names_of(heard) if one in wanted), "")
            if label:
                self._answer(heard, wanted.pop(label))
        raise AssertionError(f"{self.page.url}: no button {end!r}")

    def _answer(self, heard: Heard, answer: Any) -> None:
        if isinstance(answer, dict):
            self.hand_in(answer)
        elif heard.role in {"radio", "combobox"}:
            self.choose(answer and gettext(answer))
        elif heard.role == "checkbox":
            self.press("Space")
        else:
            self.type(answer)

    def heading(self) -> str:
        """What the page is called by its heading."""
        return self.page.get_by_role("heading", level=1).inner_text().strip()

    def hears(self, *texts: str) -> None:
        """The main part of the page tells these, one after the other."""
        told, since = self.page.get_by_role("main").aria_snapshot(), 0
        for text in texts:
            since = told.find(gettext(text), since)
            assert since >= 0, f"{self.page.url}: {text!r} is not told (in this order): {told}"

    def alarmed(self, role: str) -> str:
        """What the page says by itself, urgently (alert) or politely (status)."""
        return " ".join(self.page.get_by_role(role).all_inner_texts()).strip()

    def _arrive(self) -> None:
        """The page says where one is: a title that differs from the last one's, one heading, landmarks."""
        self._wait_until_drawn()
        whole, where = self.tree.whole(), self.page.url
        title = whole[0].name
        headings = [one.name for one in whole if one.role == "heading" and one.states.get("level") == "1"]
        roles = {one.role for one in whole}
        assert len(headings) == 1, f"{where}: {headings}"
        assert title, where
        assert [one for one in LANDMARKS if one not in roles] == [], f"{where}: {sorted(roles)}"
        assert [fault for look in self.looks for fault in look(self.page)] == [], where
        self.titles.append(title)

    def _wait_until_drawn(self) -> None:
        """Nobody is faster than the first picture of a page; only with it the focus goes where the page wants it."""
        self.page.wait_for_load_state("load")
        self.page.screenshot(clip={"x": 0, "y": 0, "width": 1, "height": 1})


def names_of(heard: Heard) -> tuple[str, ...]:
    """What a control may be known by: the groups it lies in, the nearest first, and its own name."""
    names = (*(name for name, _said in heard.groups), heard.name)
    return tuple(one.removesuffix(gettext(OPTIONAL)) for one in names)
