"""Every page of the URL map, in both languages: no axe violation, nothing too small to touch, no scrolling sideways."""

import pytest

from tests.browser import axe_violations, overflow, small_targets, use_language
from tests.journeys import doors
from tests.journeys.everything import client_of, everything
from tests.journeys.site_map import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDER = (
    "anonymous",
    "applicant",
    "county-reviewer",
    "prefecture-reviewer",
    "finance-maker",
    "auditor",
    "policy-editor",
)


def reader_of(name):
    """The account that looks at a page: the first of the usual readers that may open it."""
    return next((account for account in ORDER if account in doors.OPEN_TO[name]), None)


def pages_of(account, arguments):
    client = client_of(account)
    for address in addresses(arguments):
        if reader_of(address.name) != account:
            continue
        response = client.get(address.path)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and html and "attachment" not in response.headers.get("Content-Disposition", ""):
            yield address.path


def sign_in(page, account):
    client = client_of(account)
    page.goto("/livez")
    if "sessionid" in client.cookies:
        origin = page.evaluate("location.origin")
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("account", ORDER)
def test_every_page_is_accessible(page, account, language):
    with everything() as arguments:
        found = []
        paths = list(pages_of(account, arguments))
        sign_in(page, account)
        use_language(page, language)
        for path in paths:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(path)
            found += [f"{path}: {violation}" for violation in axe_violations(page)]
            page.set_viewport_size({"width": 400, "height": 800})
            found += [f"{path}: too small: {target}" for target in small_targets(page)]
            if overflow(page) > 0:
                found.append(f"{path}: scrolls sideways by {overflow(page)} px at 400 px")
        assert found == []
