"""While a page of the form is being filled in, what is right on it is saved by itself; the button still saves all."""

import pytest
from django.test import Client

from applications.models import Application
from tests import world
from tests.applications.pages import answers, send, sign_in, text_of, url, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def autosave(client, case, rest, data):
    return send(client, case, rest, {**data, "autosave": "1"})


def test_what_is_right_is_saved_and_the_page_learns_its_new_token():
    case = world.waiver()
    response = autosave(sign_in(), case, "edit/deposit/", {"deposit_due": "8000", "deposit_paid": "8000"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["X-Version"] == str(version(case))
    assert response.headers["X-Saved"] == "all"
    assert answers(case)["deposit_due"] == "8000.00"


def test_half_a_page_is_saved_as_far_as_it_goes_without_complaint():
    case = world.waiver()
    response = autosave(sign_in(), case, "edit/deposit/", {"deposit_due": "8000", "deposit_paid": "八"})
    assert response.status_code == 204
    assert response.headers["X-Saved"] == "part"
    assert answers(case)["deposit_due"] == "8000.00"


def test_the_button_works_with_the_token_the_page_learned():
    case, client = world.waiver(), sign_in()
    token = autosave(client, case, "edit/deposit/", {"deposit_due": "8000", "deposit_paid": "8000"})["X-Version"]
    given = {"version": token, "deposit_due": "9000", "deposit_paid": "8000"}
    assert client.post(url(case, "edit/deposit/"), given).status_code == 302
    assert answers(case)["deposit_due"] == "9000.00"


def test_an_account_is_saved_only_when_both_boxes_agree():
    case, client = world.grant(), sign_in()
    before = answers(case)["account"]
    half = {"account": "6228480402564890018", "account_again": "6228", "bank": "中国农业银行蒙自市支行"}
    autosave(client, case, "edit/account/", half)
    assert answers(case)["account"] == before


def test_a_page_that_is_out_of_date_saves_nothing():
    case, client = world.waiver(), sign_in()
    old = version(case)
    send(client, case, "edit/name/", {"name": "王建国"})
    response = client.post(url(case, "edit/name/"), {"version": old, "name": "李晓梅", "autosave": "1"})
    assert response.status_code == 409
    assert answers(case)["name"] == "王建国"


def test_after_the_session_ended_nothing_is_saved():
    case = world.waiver()
    response = Client().post(url(case, "edit/name/"), {"version": version(case), "name": "李晓梅", "autosave": "1"})
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    assert answers(case)["name"] != "李晓梅"


def test_every_page_of_a_form_saves_itself():
    case, client = world.grant(), sign_in()
    definition = Application.objects.get(public_id=case.public_id).definition
    for page in definition.applicant_pages():
        response = client.get(url(case, f"edit/{page.code}/"))
        if response.status_code == 200:
            assert f'data-autosave="{url(case, f"edit/{page.code}/")}"' in text_of(response)
