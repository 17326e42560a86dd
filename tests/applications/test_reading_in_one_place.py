"""How somebody wishes to read is said in one place, holds on every device and for every later paper, and is seen."""

import pytest
from django.test import Client

from papers.forms_of_reading import wishes
from people import looks
from people.models import LookPreference
from tests import world
from tests.applications.pages import sign_in, text_of

pytestmark = pytest.mark.django_db
ELDER = 'class="govuk-template house-applicant elder elder--2"'
PLACE = "/preferences/reading/"


def choose(size="2", form="large", account="applicant"):
    client = sign_in(account)
    return client, client.post(PLACE, {"size": size, "form": form})


def test_one_page_keeps_the_size_of_the_text_and_the_form_of_papers():
    client, response = choose()
    assert response.headers["Location"] == PLACE
    page = text_of(client.get(PLACE))
    assert ELDER in page
    assert wishes.wish_of(world.user("applicant")) == "large"
    assert looks.size_of(world.user("applicant")) == 2


def test_what_was_chosen_holds_on_another_device():
    choose()
    assert ELDER in text_of(sign_in().get("/applications/"))


def test_the_switch_in_the_header_is_kept_with_the_account_too():
    sign_in().post("/preferences/elder/", {"size": "2", "next": "/applications/"})
    assert ELDER in text_of(sign_in().get("/applications/"))
    sign_in().post("/preferences/elder/", {"size": "0", "next": "/applications/"})
    assert ELDER not in text_of(sign_in().get("/applications/"))


def test_an_account_is_not_shown_as_the_last_user_of_the_device_chose():
    choose("0", account="applicant2")
    shared = Client()
    shared.post("/preferences/elder/", {"size": "2"})
    assert ELDER in text_of(shared.get("/apply/"))
    shared.force_login(world.user("applicant2"))
    assert ELDER not in text_of(shared.get("/applications/"))


def test_who_is_not_signed_in_is_remembered_by_the_device_alone():
    visitor = Client()
    visitor.post("/preferences/elder/", {"size": "2"})
    assert ELDER in text_of(visitor.get("/apply/"))
    assert not LookPreference.objects.exists()


@pytest.mark.parametrize("said", [{"size": "9", "form": "large"}, {"size": "1", "form": "braille"}, {}])
def test_what_there_is_not_is_refused_and_nothing_is_kept(said):
    assert sign_in().post(PLACE, said).status_code == 422
    assert not LookPreference.objects.exists()
    assert wishes.wish_of(world.user("applicant")) == "standard"


def test_a_stranger_signs_in_first():
    assert "/accounts/login/" in Client().get(PLACE).headers["Location"]


def test_the_office_sees_on_the_case_that_somebody_wishes_for_paper():
    case = world.grant().submit()
    address = f"/inbox/{case.public_id}/"
    assert "希望的阅读方式" not in text_of(sign_in("school").get(address))
    choose(form="paper")
    assert "申请人希望的阅读方式：纸质文书" in text_of(sign_in("school").get(address))
