"""Who looks at each page of the site, and the pages there are for them."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.journeys import doors
from tests.journeys.everything import client_of
from tests.journeys.site_map import addresses

READERS = (
    "anonymous",
    "applicant",
    "county-reviewer",
    "prefecture-reviewer",
    "finance-maker",
    "auditor",
    "policy-editor",
    "policy-publisher",
)


def reader_of(name: str) -> str | None:
    """The account that looks at a URL: the first of the usual readers that may open it."""
    return next((account for account in READERS if account in doors.OPEN_TO[name]), None)


def pages_of(account: str, arguments: dict[str, object]) -> Iterator[str]:
    """The paths of the pages this account looks at; downloads and redirections are none."""
    client = client_of(account)
    for address in addresses(arguments):
        if reader_of(address.name) != account:
            continue
        response = client.get(address.path)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and html and "attachment" not in response.headers.get("Content-Disposition", ""):
            yield address.path


def sit_down(page: Page, account: str) -> None:
    """The browser is signed in to the account, or to none for "anonymous"."""
    client = client_of(account)
    page.goto("/livez")
    page.context.clear_cookies(name="sessionid")
    if "sessionid" in client.cookies:
        origin = page.evaluate("location.origin")
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}])
