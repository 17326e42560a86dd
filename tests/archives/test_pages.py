"""The pages of the archive: who sees what, nothing typed is lost, every look is recorded."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine

from archives.models import Hold, Package, Volume
from archives.packages import work
from audit.models import Event
from papers.jobs import render_all
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.archives.shelves import KEEPER, filed, printed, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """A file, a client of who keeps it, and the day after."""
    case, row = filed()
    with time_machine.travel(row.filed_at + timedelta(days=1)):
        yield case, row, sign_in(KEEPER)


def actions():
    return list(Event.objects.filter(stream__startswith="reader:").order_by("pk").values_list("action", flat=True))


def test_the_list_shows_the_offices_files_and_is_recorded(shelf):
    _case, row, client = shelf
    assert row.volume.number in text_of(client.get("/archives/"))
    assert actions() == ["archives.read"]
    assert row.volume.number not in text_of(sign_in("county-clerk").get("/archives/"))


@pytest.mark.parametrize("typed", ["number", "name", "id"])
def test_a_file_is_found_by_number_by_name_and_by_id_that_stands_in_no_address(shelf, typed):
    case, row, client = shelf
    number = world.answers_of(case)["id_number"]
    text = {"number": row.volume.number, "name": row.volume.name[:1], "id": number}[typed]
    response = client.post("/archives/find/", {"q": text}, follow=True)
    assert row.volume.number in text_of(response)
    assert number not in str(response.redirect_chain)
    assert number not in str(list(Event.objects.values_list("data", flat=True)))


def test_an_id_with_a_mistake_is_told_without_repeating_it(shelf):
    _case, _row, client = shelf
    response = client.post("/archives/find/", {"q": "532503199901011230"})
    assert response.status_code == 422
    assert "govuk-error-summary" in text_of(response)


def test_a_file_shows_its_catalogue_and_the_look_is_recorded(shelf):
    case, row, client = shelf
    text = text_of(client.get(f"/archives/{row.volume_id}/"))
    for piece in row.volume.pieces.all():
        assert piece.title in text
    assert case.application.number in text
    assert actions() == ["archive.read"]


@pytest.mark.parametrize("name", ["county-clerk", "other-county", "prefecture-approver", "auditor", "applicant"])
def test_a_file_exists_for_nobody_else(shelf, name):
    _case, row, _client = shelf
    client = sign_in(name)
    for path in ("", "hold/", "lift/", "package/"):
        assert client.get(f"/archives/{row.volume_id}/{path}").status_code in (404, 405)
        assert client.post(f"/archives/{row.volume_id}/{path}").status_code in (404, 405)
    assert not Package.objects.exists()
    assert actions() == []


def test_closed_cases_are_ticked_and_filed(shelf):
    _case, _row, client = shelf
    other = printed(refused(4))
    assert other.application.number in text_of(client.get("/archives/waiting/"))
    response = client.post("/archives/waiting/", {"cases": [other.public_id]}, follow=True)
    assert "红人社档〔2026〕2号" in text_of(response)
    assert "现在没有等待归档的申请" in text_of(client.get("/archives/waiting/"))


def test_filing_nothing_is_told(shelf):
    printed(refused(4))
    assert shelf[2].post("/archives/waiting/", {}).status_code == 422


def test_a_hold_without_words_is_refused_and_what_is_typed_stays(shelf):
    _case, row, client = shelf
    assert client.post(f"/archives/{row.volume_id}/hold/", {"reason": " "}).status_code == 422
    too_long = client.post(f"/archives/{row.volume_id}/hold/", {"reason": "长" * 600})
    assert too_long.status_code == 422
    assert "长" * 600 in text_of(too_long)
    client.post(f"/archives/{row.volume_id}/hold/", {"reason": "正在诉讼。"})
    assert "正在诉讼。" in text_of(client.get(f"/archives/{row.volume_id}/"))
    client.post(f"/archives/{row.volume_id}/lift/")
    assert Hold.objects.get().lifted_at


def test_a_package_is_asked_for_made_and_taken_and_that_is_recorded(shelf):
    _case, row, client = shelf
    client.post(f"/archives/{row.volume_id}/package/")
    package = Package.objects.get()
    assert client.get(f"/archives/packages/{package.pk}/").status_code == 409
    work.make_one(package.pk, package.asked_at)
    assert "下载" in text_of(client.get(f"/archives/{row.volume_id}/"))
    response = client.get(f"/archives/packages/{package.pk}/")
    content = response.getvalue()
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert int(response["Content-Length"]) == len(content)
    assert actions()[-1] == "archive.package_read"
    assert sign_in("county-clerk").get(f"/archives/packages/{package.pk}/").status_code == 404


def test_a_package_is_no_longer_handed_out_after_its_days(shelf):
    _case, row, client = shelf
    client.post(f"/archives/{row.volume_id}/package/")
    package = Package.objects.get()
    work.make_one(package.pk, package.asked_at)
    with time_machine.travel(package.asked_at + timedelta(days=8)):
        assert sign_in(KEEPER).get(f"/archives/packages/{package.pk}/").status_code == 409


def test_a_year_is_handed_over_in_one_click(shelf):
    _case, row, _client = shelf
    with time_machine.travel(world.year_later(row.filed_at)):
        client = sign_in(KEEPER)
        year = f"{row.volume.office_id}-{row.volume.year}"
        refused_page = client.post("/archives/handovers/", {"year": year, "receiver": ""})
        assert refused_page.status_code == 422
        response = client.post("/archives/handovers/", {"year": year, "receiver": "红河州档案馆"}, follow=True)
        assert row.volume.number in text_of(response)
        here = response.redirect_chain[-1][0]
        assert client.get(f"{here}pdf/").status_code == 409
        render_all()
        assert client.get(f"{here}pdf/").content.startswith(b"%PDF")
        assert client.post(f"{here}package/", follow=True).status_code == 200
        assert sign_in("county-clerk").get(here).status_code == 404


def test_what_falls_due_is_listed_and_nothing_is_destroyed(shelf):
    _case, row, client = shelf
    Volume.objects.filter(pk=row.volume_id).update(expires_on=row.filed_at.date())
    text = text_of(client.get("/archives/due/"))
    assert row.volume.number in text
    assert "两人鉴定和复核" in text
