"""Answering a correction request: everything named at once, nothing else to be changed."""

import pytest

from applications.states import State
from tests import world
from tests.applications.pages import answers, photo, send, sign_in, text_of, url, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
POINTS = (("question", "phone", "电话打不通，请换一个。"), ("paper", "id-copy", "看不清，请重拍。"))
CHANGED = {"phone": "15912341234"}


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case():
    return world.grant().submit().say("correction", points=POINTS)


def test_every_point_is_named_with_its_message_and_its_page(case):
    page = text_of(sign_in().get(url(case, "correct/")))
    assert "电话打不通，请换一个。" in page
    assert "看不清，请重拍。" in page
    assert url(case, "edit/phone/") in page
    assert url(case, "papers/#paper-id-copy") in page
    assert page.count("还没有修改") == 2


def test_only_what_was_named_can_be_changed(case):
    client = sign_in()
    assert client.get(url(case, "edit/phone/")).status_code == 200
    assert client.get(url(case, "edit/name/")).status_code == 302
    send(client, case, "edit/name/", {"name": "王建国"})
    assert answers(case)["name"] != "王建国"


def test_a_changed_answer_is_marked_and_the_walk_is_short(case):
    client = sign_in()
    assert "第 1 步，共 3 步" in text_of(client.get(url(case, "edit/phone/")))
    response = send(client, case, "edit/phone/", CHANGED)
    assert response.headers["Location"] == url(case, "papers/")
    page = text_of(client.get(url(case, "correct/")))
    assert (page.count("已经修改"), page.count("还没有修改")) == (1, 1)


def test_a_new_file_counts_as_changed_and_the_old_one_is_kept(case):
    client = sign_in()
    send(client, case, "papers/", {"id-copy": [photo()], "go_on": "1"})
    assert "已经修改" in text_of(client.get(url(case, "correct/")))
    assert case.application.attachments.get().round == 2


def test_sending_again_with_points_untouched_asks_to_confirm(case):
    client = sign_in()
    response = send(client, case, "correct/")
    assert response.status_code == 422
    assert "还有内容没有修改" in text_of(response)
    assert send(client, case, "correct/", {"confirmed": "on"}).status_code == 302
    assert case.application.state == State.SUBMITTED


def test_when_everything_is_changed_nothing_has_to_be_confirmed(case):
    client = sign_in()
    send(client, case, "edit/phone/", CHANGED)
    send(client, case, "papers/", {"id-copy": [photo()]})
    assert "我已经核对" not in text_of(client.get(url(case, "correct/")))
    assert send(client, case, "correct/").headers["Location"] == url(case)
    assert case.application.round == 2


def test_sending_twice_answers_conflict(case):
    client = sign_in()
    form = {"version": version(case), "confirmed": "on"}
    assert client.post(url(case, "correct/"), form).status_code == 302
    assert client.post(url(case, "correct/"), form).status_code == 409
    assert case.application.round == 2


def test_a_stale_page_is_not_sent(case):
    response = send(sign_in(), case, "correct/", {"version": version(case) - 1, "confirmed": "on"})
    assert response.status_code == 409
    assert "页面内容已经变化" in text_of(response)
    assert case.application.state == State.RETURNED


def test_the_page_of_the_case_shows_all_answers_while_a_correction_names_some(case):
    assert "毕业日期" in text_of(sign_in().get(url(case)))


def test_a_case_that_is_not_returned_leads_to_its_page():
    case = world.grant().submit()
    assert sign_in().get(url(case, "correct/")).headers["Location"] == url(case)


def test_resuming_leads_to_the_first_thing_to_correct(case):
    assert sign_in().get(url(case, "resume/")).headers["Location"] != url(case)


def test_a_returned_household_can_be_corrected():
    case = world.phase_out().submit().say("correction", points=(("question", "household", "工资不对。"),))
    client = sign_in()
    page = text_of(client.get(url(case, "edit/household/")))
    assert "members/1/" in page
    member = {**answers(case)["household"][1], "disabled": "yes", "monthly_wage": "2700"}
    day = member.pop("employed_since").split("-")
    member |= dict(zip(("employed_since_year", "employed_since_month", "employed_since_day"), day, strict=True))
    assert send(client, case, "edit/household/members/1/", member).status_code == 302
    assert "已经修改" in text_of(client.get(url(case, "correct/")))
