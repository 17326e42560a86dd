"""The pages in which a scheme is made, in a real browser, in both languages, wide and narrow."""

import os

import pytest

from schemes.publication import policy_desk
from tests import world
from tests.browser import look_faults, sign_in, use_language
from tests.schemes.desk import document_draft
from tests.schemes.packages import cases, package_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW, DESK = {"width": 400, "height": 800}, {"width": 1280, "height": 900}
LISTS = (
    "clauses", "pages", "papers_asked", "parameters", "requirements", "stages", "refusal_reasons", "declarations",
    "cases",
)  # fmt: skip
STEPS = ("names", "words", "offer", "calculation")


def addresses():
    """Every page over a whole draft, the checklist of an empty one, the split text of a document."""
    user, at = world.user("policy-editor"), world.START
    whole = policy_desk.begin(user, package_draft(), at).pk
    empty = policy_desk.begin(user, package_draft(own={}, document=None, values=(), cases=()), at).pk
    wrong = [{**cases()[0], "expect": {"eligible": False}}, *cases()[1:]]
    failing = policy_desk.begin(user, package_draft(cases=tuple(wrong)), at).pk
    document = policy_desk.begin(user, document_draft(), at).pk
    build = f"/policy/work/{whole}/build/"
    return [
        "/policy/work/",
        "/policy/work/new/",
        f"/policy/work/{document}/split/",
        f"/policy/work/{whole}/",
        f"/policy/work/{whole}/split/",
        f"/policy/work/{whole}/preview/",
        f"/policy/work/{empty}/build/",
        f"/policy/work/{failing}/build/list/cases/",
        build,
        *(f"{build}step/{step}/" for step in STEPS),
        *(f"{build}list/{section}/" for section in LISTS),
        *(f"{build}list/{section}/0/" for section in LISTS if section != "parameters"),
        f"{build}list/parameters/0/",
        f"{build}values/",
        f"{build}values/amount/",
        f"{build}values/quota/",
        f"{build}values/window/",
        f"{build}letters/",
        f"{build}letters/grant/",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    shown, found = addresses(), []
    sign_in(page, "policy-editor", world.PASSWORD)
    use_language(page, language)
    for number, address in enumerate(shown):
        for size in (DESK, NARROW):
            page.set_viewport_size(size)
            found += [f"{size['width']} {fault}" for fault in look_faults(page, [address])]
            found += [f"{address} has no heading"] if page.locator("h1").count() != 1 else []
            if os.environ.get("SHOTS"):
                page.screenshot(
                    path=f"{os.environ['SHOTS']}/{number:02}-{language}-{size['width']}.png", full_page=True
                )
    assert found == []
