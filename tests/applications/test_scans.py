"""A paper that was sealed by hand: the person it is for gets the scan beside the file."""

import pytest

from papers.models import Paper
from papers.seals import scans
from tests import world
from tests.papers import sealing

pytestmark = pytest.mark.django_db
OLD, NEW = b"%PDF-1.7 first scan", b"%PDF-1.7 better scan"


@pytest.fixture
def paper():
    """The grant of an applicant's case, and where the case is."""
    case = world.granted()
    found = Paper.objects.get(case_ref=case.public_id, kind="grant")
    return found, f"/applications/{case.public_id}/papers/{found.pk}/"


def scanned(paper, *contents):
    seal, clerk = sealing.wet(paper.office), world.user("county-clerk")
    for content in contents:
        scans.keep(paper, content, 1, seal, clerk, world.START)


def test_the_latest_scan_is_offered_and_downloaded(client, paper):
    found, url = paper
    client.force_login(world.user("applicant"))
    before = client.get(url).content.decode()
    scanned(found, OLD, NEW)

    assert f"{url}scan/" not in before
    assert f"{url}scan/" in client.get(url).content.decode()
    assert client.get(f"{url}scan/").content == NEW


def test_without_a_scan_there_is_none(client, paper):
    client.force_login(world.user("applicant"))

    assert client.get(f"{paper[1]}scan/").status_code == 404


def test_nobody_else_gets_it(client, paper):
    found, url = paper
    scanned(found, OLD)
    client.force_login(world.user("applicant2"))

    assert client.get(f"{url}scan/").status_code == 404
