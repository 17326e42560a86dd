"""Every URL × every account: open to those the table names, closed to all others. Driven by the URL map.

On the way: whatever is served and is no page is a download in a sandbox, and every form for files is a known door.
"""

import pytest

from project.demo.accounts import PRINTED
from tests.journeys import doors, file_doors, files_served, numbers_shown
from tests.journeys.everything import client_of, everything, subject_name
from tests.journeys.numbers_shown import may_stand, whole_on
from tests.journeys.site_map import addresses, patterns

pytestmark = pytest.mark.django_db
ACCOUNTS = ("anonymous", *PRINTED)
# Open to them, but there may be nothing: a page the case has passed, a second factor or an identity service nobody set
# up, a form that nobody sent too late.
MAY_BE_EMPTY = ("applications:", "mfa_", "sign_in_kept", "openid_connect_")

# No page of anybody's: without the site's token it does not exist, and signing in would not help.
NO_DOOR = {"metrics"}


@pytest.fixture
def arguments():
    with everything() as found:
        yield found


def verdict(response):
    if response.status_code in {403, 404}:
        return "closed"
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return "login"
    return "open"


def takes_post(client, path):
    response = client.post(path, {})
    return response.status_code != 405 and verdict(response) == "open"


def test_every_url_says_who_may_open_it():
    assert {name for name, _pattern in patterns()} == set(doors.OPEN_TO)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_url_opens_only_to_those_it_names_and_takes_posts_from_nobody_else(account, arguments):
    name, client, wrong = subject_name(arguments), client_of(account), []
    known = numbers_shown.numbers()
    for address in addresses(arguments):
        response = client.get(address.path)
        may = account in doors.OPEN_TO[address.name]
        found = verdict(response)
        signs_in = account == "anonymous" and address.name not in NO_DOOR
        expected = "open" if may else ("login" if signs_in else "closed")
        if response.status_code == 405:
            found = expected  # a URL for posts only; whether it takes one is asked below
        own_404 = may and response.status_code == 404 and address.name.startswith(MAY_BE_EMPTY)
        if found != expected and not own_404:
            wrong.append(f"{address.path}: {found} ({response.status_code}), should be {expected}")
        if expected != "open" and name in response.content.decode(errors="ignore"):
            wrong.append(f"{address.path}: the refusal tells a name")
        if not may_stand(address.name) and whole_on(response.getvalue().decode(errors="ignore"), known):
            wrong.append(f"{address.path}: a whole number of a person")
        wrong += files_served.unsafe(address.name, address.path, response)
        wrong += file_doors.unknown_on(address.path, response)
        if expected != "open" and takes_post(client, address.path):
            wrong.append(f"{address.path}: takes a post")
    assert wrong == []
