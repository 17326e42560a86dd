"""Pages looked at in colours of one's own, without motion, on paper, on an old telephone and with larger letters."""

import re
from pathlib import Path

import pytest

from tests import world
from tests.journeys.drawn import moving, without_edges
from tests.journeys.everything import client_of
from tests.journeys.windows import Look, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
STATIC = Path("project/static/zhida")
YOUNG = (
    r"\?\.[a-zA-Z(\[]",
    r"\?\?",
    r"catch \{",
    r"\b(?:import|export)\b",
    r"\d+n\b",
    r"(?<!\.)\.(?:replaceAll|matchAll|at|flat|flatMap|replaceChildren)\(",
    r"\{ ?\.\.\.",
)
PLAIN = Look("zh-hans", 0, (1280,))
ON_PAPER = """() => [...document.querySelectorAll(
    '.zd-header, nav, footer, .govuk-skip-link, .govuk-back-link, form button')]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
# The page's own security policy forbids styles written into it; a reader's own sheet is no part of the page.
ADOPT = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility()
  && one.childElementCount === 0 && one.textContent.trim() && getComputedStyle(one).overflow === 'hidden'
  && !one.closest('.govuk-visually-hidden') && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def case():
    """A case under way, and another that is granted."""
    return world.grant().submit().say("accept")


def pages_of(case):
    """Pages with everything that is drawn: the front page, a guide, a receipt, one's own case; the office's case."""
    own = f"/applications/{case.public_id}/"
    for account, paths in {
        "anonymous": ("/", "/apply/grad-jobseeking/?division=532503", "/notices/", "/accessibility/"),
        "applicant": (f"{own}receipt/", own),
        "county-reviewer": (f"/inbox/{case.public_id}/", "/inbox/"),
    }.items():
        client = PLAIN.of(client_of(account))
        for path in paths:
            yield path, client.get(path)


def seen(browser, case, ask, width=1280, **media):
    """What a question finds on each page, with media set."""
    found = {}
    with window(browser) as (shown, _told):
        shown.page.emulate_media(**media)
        for path, response in pages_of(case):
            shown.open(path, response, width)
            found[path] = ask(shown.page)
    return {path: faults for path, faults in found.items() if faults}


def test_in_colours_of_ones_own_every_control_has_an_edge_and_every_picture_its_lines(browser, case):
    assert seen(browser, case, without_edges, forced_colors="active") == {}


def test_nothing_moves_for_who_wants_no_motion(browser, case):
    assert seen(browser, case, moving, reduced_motion="reduce") == {}


def test_on_paper_there_is_the_content_and_nothing_to_press(browser, case):
    assert seen(browser, case, lambda page: page.evaluate(ON_PAPER), media="print") == {}


def test_letters_set_wider_by_the_reader_are_not_cut_off(browser, case):
    def ask(page):
        page.evaluate(ADOPT, SPACING)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [*page.evaluate(CUT), *([f"{wide} px too wide"] if wide > 0 else [])]

    assert seen(browser, case, ask, width=320) == {}


def test_scripts_use_nothing_younger_than_es2017():
    """In-app browsers of old telephones stop at what they do not know; those with passkeys are younger."""
    young = re.compile("|".join(YOUNG))
    files = [path for path in STATIC.glob("*.js") if path.name != "passkeys.js"]
    scripts = {path.name: young.findall(path.read_text(encoding="utf-8")) for path in files}
    assert scripts
    assert {name: found for name, found in scripts.items() if found} == {}


def test_styles_ask_for_nothing_from_elsewhere():
    css = (STATIC / "app.css").read_text(encoding="utf-8")
    assert not re.search(r"url\((?!['\"]?(?:data:|/static/))", css)
    assert "@import" not in css
    assert "@font-face" not in css
