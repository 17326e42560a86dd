"""A household entered member by member, with plain pages and buttons."""

import pytest

from tests import world
from tests.applications.pages import answers, send, sign_in, text_of, url
from tests.applications.test_pages_form import Begun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "edit/household/"
MEMBER = {
    "name": "李晓梅",
    "relation": "spouse",
    "id_number": "532524199901010017",
    "disabled": "yes",
    "employed_since_year": "2026",
    "employed_since_month": "3",
    "employed_since_day": "1",
    "monthly_wage": "2,600",
    "other_monthly_income": "0",
    "exempt_monthly_income": "0",
}


@pytest.fixture
def case():
    return Begun("dibao-phase-out")


def test_a_member_is_added_on_a_page_of_its_own(case):
    client = sign_in()
    response = send(client, case, f"{PAGE}members/0/", MEMBER)
    assert response.headers["Location"] == url(case, PAGE)
    assert answers(case)["household"] == [
        {
            "name": "李晓梅",
            "relation": "spouse",
            "id_number": "532524199901010017",
            "disabled": True,
            "employed_since": "2026-03-01",
            "monthly_wage": "2600.00",
            "other_monthly_income": "0.00",
            "exempt_monthly_income": "0.00",
        }
    ]
    page = text_of(client.get(url(case, PAGE)))
    assert "李晓梅" in page
    assert "2,600.00 元" in page


def test_an_unknown_day_of_work_is_an_answer(case):
    empty = {"employed_since_year": "", "employed_since_month": "", "employed_since_day": ""}
    send(sign_in(), case, f"{PAGE}members/0/", {**MEMBER, **empty})
    assert answers(case)["household"][0]["employed_since"] is None


def test_a_member_with_errors_is_not_added_and_keeps_what_was_typed(case):
    response = send(sign_in(), case, f"{PAGE}members/0/", {**MEMBER, "monthly_wage": "两千"})
    assert response.status_code == 422
    assert "李晓梅" in text_of(response)
    assert "household" not in answers(case)


def test_the_page_of_a_member_saves_itself(case):
    client, at = sign_in(), f"{PAGE}members/0/"
    assert f'data-autosave="{url(case, at)}"' in text_of(client.get(url(case, at)))
    response = send(client, case, at, {**MEMBER, "monthly_wage": "两千", "autosave": "1"})
    assert (response.status_code, response["X-Saved"]) == (204, "part")
    assert "household" not in answers(case)
    page = text_of(client.get(url(case, at)))
    assert 'value="李晓梅"' in page


def test_somebody_half_filled_in_is_on_the_list_page_and_keeps_the_case_from_being_filed(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", MEMBER)
    send(client, case, f"{PAGE}members/1/", {"name": "王建国", "autosave": "1"})
    assert "没有填完的一位" in text_of(client.get(url(case, PAGE)))
    response = send(client, case, PAGE)
    assert response.status_code == 422
    assert "还有一位家庭成员没有填完" in text_of(response)


def test_the_button_adds_whom_the_page_kept_and_they_are_half_filled_in_no_more(case):
    client, at = sign_in(), f"{PAGE}members/0/"
    token = send(client, case, at, {"name": "李晓梅", "autosave": "1"})["X-Version"]
    client.post(url(case, at), {**MEMBER, "version": token})
    assert [member["name"] for member in answers(case)["household"]] == ["李晓梅"]
    assert "没有填完的一位" not in text_of(client.get(url(case, PAGE)))


def test_whom_the_page_kept_can_be_taken_off(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", {"name": "王建国", "later": "1"})
    send(client, case, f"{PAGE}members/0/remove/")
    page = text_of(client.get(url(case, PAGE)))
    assert 'id="member-begun"' not in page
    assert "还没有添加家庭成员" in page


def test_a_member_on_the_list_is_changed_as_far_as_it_goes(case):
    client, at = sign_in(), f"{PAGE}members/0/"
    send(client, case, at, MEMBER)
    response = send(client, case, at, {**MEMBER, "name": "王建国", "monthly_wage": "", "autosave": "1"})
    assert response["X-Saved"] == "part"
    [member] = answers(case)["household"]
    assert (member["name"], member["monthly_wage"]) == ("王建国", "2600.00")


def test_a_page_of_a_member_that_is_out_of_date_saves_nothing(case):
    client, at = sign_in(), f"{PAGE}members/0/"
    send(client, case, at, MEMBER)
    response = client.post(url(case, at), {**MEMBER, "name": "王建国", "version": "0", "autosave": "1"})
    assert response.status_code == 409
    assert answers(case)["household"][0]["name"] == "李晓梅"


def test_the_list_page_names_what_comes_next(case):
    assert "下一步是“" in text_of(sign_in().get(url(case, PAGE)))


def test_in_a_correction_somebody_new_is_kept_once_they_are_whole():
    case = world.phase_out().submit()
    case.say("correction", points=(("question", "household", "还有一位成员没有写。"),))
    client, place = sign_in(), len(answers(case)["household"])
    at = f"{PAGE}members/{place}/"
    response = send(client, case, at, {"name": "王建国", "autosave": "1"})
    assert (response.status_code, response["X-Saved"]) == (204, "part")
    assert send(client, case, at, {"name": "王建国", "later": "1"}).status_code == 422
    assert send(client, case, at, {**MEMBER, "later": "1"}).status_code == 302
    assert [member["name"] for member in answers(case)["household"]][place:] == ["李晓梅"]


def test_a_member_is_changed_in_place(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", MEMBER)
    send(client, case, f"{PAGE}members/1/", {**MEMBER, "name": "王建国", "id_number": "411502199708280019"})
    send(client, case, f"{PAGE}members/0/", {**MEMBER, "monthly_wage": "1"})
    wages = {member["name"]: member["monthly_wage"] for member in answers(case)["household"]}
    assert wages == {"李晓梅": "1.00", "王建国": "2600.00"}


def test_a_member_is_removed_with_a_button(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", MEMBER)
    response = send(client, case, f"{PAGE}members/0/remove/")
    assert response.headers["Location"] == url(case, PAGE)
    assert answers(case)["household"] == []
    assert "已移除李晓梅" in text_of(client.get(url(case, PAGE)))


def test_the_first_member_is_offered_with_what_was_said_about_the_head(case):
    client = sign_in()
    send(client, case, "edit/name/", {"name": "王建国"})
    page = text_of(client.get(url(case, f"{PAGE}members/0/")))
    assert 'value="王建国"' in page
    assert 'value="head"' in page


def test_nobody_leaves_the_page_without_a_member(case):
    response = send(sign_in(), case, PAGE)
    assert response.status_code == 422
    assert "请至少添加一位家庭成员" in text_of(response)
    assert 'href="#add-member"' in text_of(response)


def test_with_a_member_the_page_leads_on(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", MEMBER)
    assert send(client, case, PAGE).headers["Location"] == url(case, "edit/account/")


def test_places_beyond_the_next_one_do_not_exist(case):
    client = sign_in()
    assert client.get(url(case, f"{PAGE}members/1/")).status_code == 404
    assert send(client, case, f"{PAGE}members/0/remove/").status_code == 404
    assert client.get(url(case, "edit/name/members/0/")).status_code == 404


def test_another_persons_household_does_not_exist(case):
    assert sign_in("applicant2").get(url(case, f"{PAGE}members/0/")).status_code == 404


def test_a_stale_member_page_answers_conflict_and_keeps_what_was_typed(case):
    client = sign_in()
    send(client, case, f"{PAGE}members/0/", MEMBER)
    response = client.post(url(case, f"{PAGE}members/1/"), {**MEMBER, "name": "王建国", "version": "0"})
    assert response.status_code == 409
    assert "王建国" in text_of(response)


def test_the_same_member_sent_twice_is_added_once(case):
    client = sign_in()
    for _time in range(2):
        client.post(url(case, f"{PAGE}members/0/"), {**MEMBER, "version": "0"})
    assert len(answers(case)["household"]) == 1


def test_members_of_a_filed_case_cannot_be_changed():
    case = world.phase_out().submit()
    client = sign_in()
    assert client.get(url(case, f"{PAGE}members/0/")).headers["Location"] == url(case)
    assert send(client, case, f"{PAGE}members/0/remove/").status_code == 409
