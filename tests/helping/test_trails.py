"""What helpers do can be opened by the auditor, in words and both languages; nobody's name stands there in full."""

from datetime import date

import pytest

from audit import chain
from audit.models import Event
from helping.models import FactRoster, Mandate, Matching, VillageRoster
from helping.standing import end_mandate
from people.models import Office
from people.posts import appoint
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import graduates, invitees, village

pytestmark = pytest.mark.django_db


def of_village():
    """A roster with one person on it."""
    village.villager()
    return f"/audit/village/{VillageRoster.objects.get().pk}/", "帮办名册加入一人"


def of_help():
    """A mandate that was ended."""
    person = village.villager().person
    end_mandate(village.clerk(), Mandate.objects.get(), village.AT)
    return f"/audit/help/{person.public_id}/", "停止帮办"


def of_school():
    """A batch that was brought in."""
    return f"/audit/school/{graduates.brought(1).pk}/", "学校上传名单"


def of_facts():
    """A roster of facts."""
    invitees.invitation()
    return f"/audit/facts/{FactRoster.objects.get().pk}/", "登记核对名单"


def of_matching():
    """A matching that ended."""
    invitees.invitation()
    return f"/audit/matching/{Matching.objects.get().pk}/", "完成政策找人"


def of_invitation():
    """An invitation that was sent."""
    return f"/audit/invitation/{invitees.invitation().public_id}/", "邀请申请"


EVERY = [of_village, of_help, of_school, of_facts, of_matching, of_invitation]


@pytest.mark.parametrize("made", EVERY)
def test_each_has_a_trail_in_words_that_names_nobody(made):
    address, words = made()
    page = text_of(sign_in("auditor").get(address))
    assert words in page
    assert "其他记录" not in page
    for name in (village.somebody().name, invitees.person(0).name):
        assert name not in page


@pytest.mark.parametrize("made", EVERY)
def test_another_county_s_does_not_exist(made):
    address, _words = made()
    user = world.user("applicant2")
    appoint(user, Office.objects.get(division_id="532502", function="government"), "auditor", date(2026, 1, 1))
    client = sign_in("applicant2")
    assert client.get(address).status_code == 404
    assert address not in text_of(client.get("/audit/"))


@pytest.mark.parametrize("made", EVERY)
def test_the_list_of_events_leads_to_it(made):
    address, _words = made()
    assert f'href="{address}"' in sign_in("auditor").get("/audit/").content.decode()


@pytest.mark.parametrize("key", ["0", "x", "00000000-0000-0000-0000-000000000000", "999999999999999999999"])
@pytest.mark.parametrize("kind", ["village", "help", "school", "facts", "matching", "invitation", "organisation"])
def test_what_there_is_not_has_no_trail(kind, key):
    assert sign_in("auditor").get(f"/audit/{kind}/{key}/").status_code == 404


def test_it_is_verified_and_the_look_is_on_record():
    address, _words = of_help()
    client = sign_in("auditor")
    stream = address.removeprefix("/audit/").rstrip("/").replace("/", ":")
    assert "校验通过" in text_of(client.post("/audit/verify/", {"stream": stream}, follow=True))
    assert Event.objects.filter(action="trail.read", data__stream=stream).exists()


def test_a_trail_tells_the_kind_and_way_of_a_consent():
    address, _words = of_help()
    page = text_of(sign_in("auditor").get(address))
    assert "村（社区）工作人员" in page
    assert "本人口头同意，有见证人" in page


def test_the_title_of_every_trail_says_what_it_is_of(settings):
    address, _words = of_school()
    client = sign_in("auditor")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "政策的变更轨迹" not in text_of(client.get(address))


def test_a_look_at_a_batch_leads_to_it_from_the_reader_s_trail():
    address, _words = of_school()
    number = address.rstrip("/").rpartition("/")[2]
    chain.record_read("county-reviewer", "school.read", subject=f"school-{number}")
    assert f'href="{address}"' in sign_in("auditor").get("/audit/reader/county-reviewer/").content.decode()
