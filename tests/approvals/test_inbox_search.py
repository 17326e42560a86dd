"""Looking for somebody: by number, name or credit code in an address, by citizen ID never in one."""

import pytest

from applications import answers
from approvals.inbox.search import looks_like_id
from people import vault
from tests import world
from tests.approvals.desk import events, sign_in, text_of

pytestmark = pytest.mark.django_db
CLERK, OTHER = "county-clerk", "other-county"


def id_of(case):
    return answers.read(case.application)["id_number"]


def wrong(number):
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def test_a_name_leads_to_an_address_that_can_be_kept():
    case = world.waiver().submit()
    answer = sign_in(CLERK).post("/inbox/find/", {"q": f" {case.application.number} ", "back": "tab=mine&sort=-due"})
    assert answer.headers["Location"] == f"/inbox/?tab=mine&sort=-due&q={case.application.number}"


def test_a_citizen_id_leads_to_its_keyed_hash_and_finds_the_case():
    case = world.waiver().submit()
    number, client = id_of(case), sign_in(CLERK)
    answer = client.post("/inbox/find/", {"q": f"{number[:6]} {number[6:]}", "back": "tab=find"}, follow=True)
    [(address, _status)] = answer.redirect_chain
    assert address == f"/inbox/?tab=find&person={vault.blind_index('id', number)}"
    assert case.application.number in text_of(answer)
    assert number not in text_of(answer)


def test_a_search_by_id_is_a_read_event_without_the_number_or_its_hash():
    case = world.waiver().submit()
    sign_in(CLERK).post("/inbox/find/", {"q": id_of(case), "back": "tab=find"}, follow=True)
    [event] = events("inbox.read")
    assert event.data == {"count": 1, "tab": "find", "searched": True}


def test_another_county_finds_nobody_by_the_hash():
    case = world.waiver().submit()
    hashed = case.application.subject.id_index
    for tab in ("todo", "find", "done", "waiting"):
        page = text_of(sign_in(OTHER).get("/inbox/", {"tab": tab, "person": hashed}))
        assert case.application.number not in page
        assert case.application.subject.name not in page


def test_a_mistyped_id_is_told_and_what_was_typed_stays():
    number = wrong(id_of(world.waiver()))
    answer = sign_in(CLERK).post("/inbox/find/", {"q": number, "back": "tab=find"})
    assert answer.status_code == 422
    assert "身份证号码的校验位不符" in text_of(answer)
    assert f'value="{number}"' in text_of(answer)


@pytest.mark.parametrize("typed, said", [("530103198001", ""), ("530103800101123", "15位身份证号码已停用")])
def test_an_old_or_unfinished_id(typed, said):
    answer = sign_in(CLERK).post("/inbox/find/", {"q": typed, "back": ""})
    assert (answer.status_code, said in text_of(answer)) == ((422, True) if said else (302, True))


def test_an_id_in_an_address_is_not_searched_for_nor_repeated():
    case = world.waiver().submit()
    page = text_of(sign_in(CLERK).get("/inbox/", {"q": id_of(case)}, follow=True))
    assert id_of(case) not in page
    assert "身份证号不能写在网址里" in page


def test_an_empty_box_clears_the_search():
    answer = sign_in(CLERK).post("/inbox/find/", {"q": "", "back": "tab=todo&q=李"})
    assert answer.headers["Location"] == "/inbox/?tab=todo"


def test_a_search_is_sent_as_a_form_only():
    assert sign_in(CLERK).get("/inbox/find/").status_code == 405
    assert sign_in("applicant").post("/inbox/find/", {"q": "李"}).status_code == 404


@pytest.mark.parametrize("text", ["91530000MA6K5LYF0B", "YJ5325032026000010", "李四", "532503", "2026000010"])
def test_numbers_codes_and_names_are_no_ids(text):
    assert not looks_like_id(text)


def test_an_amount_that_is_none_is_told_beside_its_box_and_stays():
    case = world.waiver().submit()
    answer = sign_in(CLERK).get("/inbox/?amount_from=五百&amount_to=10")
    assert answer.status_code == 422
    assert "金额请只写数字" in text_of(answer)
    assert 'value="五百"' in text_of(answer)
    assert case.application.number not in text_of(answer)  # no amount is known, and one was asked for


def test_amounts_the_wrong_way_round_are_told():
    assert "上限低于下限" in text_of(sign_in(CLERK).get("/inbox/?amount_from=20&amount_to=10"))
