"""The list of notices: one's own only, unread ones counted, read when one says so."""

import pytest

from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.telling.told import filed

pytestmark = pytest.mark.django_db


def test_the_list_shows_ones_own_notices_and_leads_to_the_case():
    case = filed()
    page = text_of(sign_in("applicant").get("/told/"))
    assert "已经收到" in page
    assert f"/applications/{case.public_id}/" in page


def test_nobody_sees_the_notices_of_others():
    case = filed()
    page = text_of(sign_in("applicant2").get("/told/"))
    assert case.public_id not in page
    assert "还没有通知" in page


def test_the_start_page_counts_what_is_unread_and_reading_counts_it_off():
    filed()
    client = sign_in("applicant")
    assert "1条没有看过" in text_of(client.get("/applications/"))
    newest = Notice.objects.latest("pk").pk
    client.post("/told/read/", {"until": newest})
    assert "没有看过" not in text_of(client.get("/applications/"))


def test_what_came_after_the_page_was_made_stays_unread():
    case = filed()
    seen = Notice.objects.latest("pk").pk
    case.say("accept")
    sign_in("applicant").post("/told/read/", {"until": seen})
    assert Notice.objects.filter(read_at__isnull=True, channel="site", user=case.user).count() == 1


@pytest.mark.parametrize("until", ["", "x", "9" * 30, "-1", "１"])
def test_a_number_that_is_none_marks_nothing(until):
    filed()
    sign_in("applicant").post("/told/read/", {"until": until})
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_looking_at_the_list_marks_nothing():
    filed()
    sign_in("applicant").get("/told/")
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_pages_follow_one_another(monkeypatch):
    monkeypatch.setattr("telling.views.notices.PAGE_SIZE", 2)
    world.granted()
    client = sign_in("applicant")
    first = text_of(client.get("/told/"))
    assert "?before=" in first
    keys = list(Notice.objects.filter(channel="site").order_by("-pk").values_list("pk", flat=True))
    second = text_of(client.get(f"/told/?before={keys[1]}"))
    assert "已经收到" in first + second + text_of(client.get(f"/told/?before={keys[3]}"))


def test_it_asks_the_database_the_same_however_many_there_are(django_assert_max_num_queries):
    world.granted()
    client = sign_in("applicant")
    with django_assert_max_num_queries(10):
        client.get("/told/")


def test_visitors_sign_in_first(client):
    assert client.get("/told/").status_code == 302
    assert client.get("/told/wishes/").status_code == 302
