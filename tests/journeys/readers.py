"""Who looks at each page of the site, and the pages there are for them."""

from collections.abc import Iterator
from functools import cache

from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from project.demo.accounts import PRINTED
from tests.journeys import doors
from tests.journeys.everything import client_of
from tests.journeys.site_map import addresses

USUAL = (
    "anonymous",
    "applicant",
    "county-reviewer",
    "prefecture-reviewer",
    "finance-maker",
    "auditor",
    "policy-editor",
    "policy-publisher",
)
# Whom the usual readers may not stand in for comes after them: a new URL always finds somebody to look at it.
READERS = (*USUAL, *(account for account in PRINTED if account not in USUAL))


def reader_of(name: str) -> str | None:
    """The account that looks at a URL: the first that may open it."""
    return next((account for account in READERS if account in doors.OPEN_TO[name]), None)


@cache
def shifts(number: int) -> tuple[tuple[str, ...], ...]:
    """The readers that are needed, in so many groups with about as many URLs each."""
    load: dict[str, int] = {}
    for name in doors.OPEN_TO:
        reader = reader_of(name)
        if reader is not None:
            load[reader] = load.get(reader, 0) + 1
    groups: list[list[str]] = [[] for _group in range(number)]
    for reader in sorted(load, key=load.__getitem__, reverse=True):
        min(groups, key=lambda group: sum(load[one] for one in group)).append(reader)
    return tuple(map(tuple, groups))


def is_page(response: HttpResponse) -> bool:
    """Whether an answer is a page to look at; downloads and redirections are none."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and html and "attachment" not in response.headers.get("Content-Disposition", "")


def pages_of(
    account: str, arguments: dict[str, object], client: Client | None = None
) -> Iterator[tuple[str, HttpResponse]]:
    """The paths this account looks at, with the page that answers."""
    client = client or client_of(account)
    for address in addresses(arguments):
        if reader_of(address.name) == account:
            response = client.get(address.path)
            if is_page(response):
                yield address.path, response


def sit_down(page: Page, account: str) -> None:
    """The browser is signed in to the account, or to none for "anonymous"."""
    client = client_of(account)
    page.goto("/livez")
    page.context.clear_cookies(name="sessionid")
    if "sessionid" in client.cookies:
        origin = page.evaluate("location.origin")
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}])
