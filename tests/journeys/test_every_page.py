"""Every page of the URL map, as it is looked at: in both languages, wide and narrow, in ordinary and in elder mode.

No finding of axe; one heading of the first level and none skipped; the language marked, Chinese on English pages too; a
way past the head; controls big enough to touch, whose focus is seen; no scrolling sideways. 320 px is 1280 px at 400 %.
"""

import pytest

from tests.browser import axe_violations
from tests.journeys import doors
from tests.journeys.everything import client_of, everything, subject_name
from tests.journeys.readers import pages_of, reader_of, shifts
from tests.journeys.reading import CHINESE
from tests.journeys.windows import Look, window

pytestmark = pytest.mark.django_db
SHIFTS = 3
WIDE, NARROW = 1280, 320
LOOKS = {
    language: [Look(language, elder, widths) for elder, widths in ((0, (WIDE, NARROW)), (1, (NARROW,)))]
    for language in ("zh-hans", "en")
}


def test_every_url_that_anybody_may_open_has_somebody_to_look_at_it():
    assert [name for name, open_to in doors.OPEN_TO.items() if open_to and reader_of(name) is None] == []


def look_at(shown, path, response, look):
    """Findings of axe at the first width, ours at each."""
    shown.open(path, response, look.widths[0])
    found = [*axe_violations(shown.page), *(fault for width in look.widths for fault in shown.faults(look, width))]
    return [f"{path} ({look}): {fault}" for fault in found]


def title_faults(titles, look, data):
    """Two pages with one title; on English pages a title in Chinese that is no name from the case."""
    found = [f"{paths} have one title: {title}" for title, paths in titles.items() if len(paths) > 1]
    chinese = [title for title in titles if look.language == "en" and CHINESE.search(title.replace(data, ""))]
    return found + [f"a title in Chinese: {title}" for title in chinese]


def faults_of(browser, look, accounts, arguments):
    """What is wrong with any page of these accounts, looked at in this way in a window of its own."""
    found = []
    with window(browser) as (shown, told):
        for account in accounts:
            titles = {}
            for path, response in pages_of(account, arguments, look.of(client_of(account))):
                found += look_at(shown, path, response, look)
                titles.setdefault(shown.page.title(), []).append(path)
            found += title_faults(titles, look, subject_name(arguments))
        return found + told


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("shift", range(SHIFTS))
def test_every_page_can_be_seen_heard_and_touched(browser, shift, language):
    """Both modes in one test: what stands behind the pages takes as long to make as twenty of them to look at."""
    with everything() as arguments:
        assert [
            fault for look in LOOKS[language] for fault in faults_of(browser, look, shifts(SHIFTS)[shift], arguments)
        ] == []
