"""Every URL × every account: open to those the table names, closed to all others. Driven by the URL map."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import attachments
from approvals.models import PublicNotice
from papers.models import Paper
from payouts import batching
from project.demo.accounts import PRINTED
from tests import world
from tests.journeys import doors
from tests.journeys.site_map import addresses, patterns

pytestmark = pytest.mark.django_db
ACCOUNTS = ("anonymous", *PRINTED)


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG")
    return SimpleUploadedFile("card.png", buffer.getvalue(), "image/png")


@pytest.fixture
def arguments():
    """Something real behind every URL: one case at the county, one under notice, one batch."""
    case = world.grant()
    attachment = attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)
    case.submit().say("accept")
    noticed = world.grant(0).submit().say("accept")
    granted = world.granted(4)
    batch = batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", world.year_later(granted.at))
    paper = Paper.objects.get(case_ref=case.public_id)
    world_arguments = {
        "public_id": case.public_id,
        "attachment": attachment.public_id,
        "file_id": attachment.public_id,
        "paper": paper.pk,
        "pk": paper.pk,
        "notices:detail.pk": PublicNotice.objects.get(application=noticed.application).pk,
        "code": paper.verify_code,
        "scheme": "grad-jobseeking",
        "division": "532503",
        "office_id": world.finance().pk,
        "number": batch.number,
        "kind": "csv",
        "page": "name",
        "place": 1,
        "name": case.application.subject.name,
    }
    with time_machine.travel(noticed.at + timedelta(hours=1)):
        yield world_arguments


def signed_in(account):
    client = Client(raise_request_exception=True)
    if account != "anonymous":
        client.force_login(world.user(account))
    return client


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
    name = arguments.pop("name")
    client, wrong = signed_in(account), []
    for address in addresses(arguments):
        response = client.get(address.path)
        may = account in doors.OPEN_TO[address.name]
        found = verdict(response)
        expected = "open" if may else ("login" if account == "anonymous" else "closed")
        own_404 = found == "closed" and may and response.status_code == 404 and address.name.startswith("applications:")
        if found != expected and not own_404:
            wrong.append(f"{address.path}: {found} ({response.status_code}), should be {expected}")
        if expected != "open" and name in response.content.decode(errors="ignore"):
            wrong.append(f"{address.path}: the refusal tells a name")
        if expected != "open" and takes_post(client, address.path):
            wrong.append(f"{address.path}: takes a post")
    assert wrong == []
