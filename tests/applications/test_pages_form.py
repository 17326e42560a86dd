"""The form, one page at a time: saved at every page, nothing lost, nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from people.models import Office
from tests import world
from tests.applications.pages import answers, send, sign_in, text_of, url, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ID = "532524199901010017"


class Begun:
    """A draft nobody has filled in yet."""

    def __init__(self, scheme="grad-jobseeking", account="applicant", *, for_other=False):
        self.user = world.user(account)
        draft = actions.begin(self.user, scheme, world.START, for_other=for_other)
        self.public_id, self.at = draft.public_id, world.START


def step(page):
    """What a page says about where it stands."""
    return page[page.index("第 ") : page.index(" 步</p>")]


def test_a_page_is_saved_and_leads_to_the_next():
    case = Begun()
    response = send(sign_in(), case, "edit/name/", {"name": "李晓梅"})
    assert response.headers["Location"] == url(case, "edit/identity/")
    assert answers(case) == {"name": "李晓梅"}


def test_a_page_shows_its_place_in_the_walk_and_what_is_stored():
    case = Begun()
    client = sign_in()
    send(client, case, "edit/identity/", {"id_number": ID})
    page = text_of(client.get(url(case, "edit/identity/")))
    assert "第 2 步，共 11 步" in page
    assert "5325 2419 9901 0100 17" in page


def test_an_error_answers_422_with_a_summary_and_keeps_what_was_typed():
    case = Begun()
    response = send(sign_in(), case, "edit/identity/", {"id_number": "532524199901010018"})
    page = text_of(response)
    assert response.status_code == 422
    assert 'href="#id_id_number"' in page
    assert "校验位不符" in page
    assert "5325 2419 9901 0100 18" in page
    assert "<title>错误：" in page
    assert answers(case) == {}


def test_what_is_right_on_a_page_is_saved_though_something_else_is_wrong():
    case = world.waiver()
    response = send(sign_in(), case, "edit/deposit/", {"deposit_due": "8000", "deposit_paid": "八千"})
    assert response.status_code == 422
    assert answers(case)["deposit_due"] == "8000.00"
    assert "八千" in text_of(response)


def test_the_page_after_an_error_can_be_sent_again_at_once():
    case = world.waiver()
    client = sign_in()
    response = send(client, case, "edit/deposit/", {"deposit_due": "8000", "deposit_paid": "八千"})
    token = text_of(response).split('name="version" value="')[1].split('"')[0]
    again = {"version": token, "deposit_due": "8000", "deposit_paid": "8000"}
    assert client.post(url(case, "edit/deposit/"), again).status_code == 302


def test_leaving_saves_what_is_right_without_complaint():
    case = Begun()
    response = send(sign_in(), case, "edit/name/", {"name": "", "later": "1"})
    assert response.headers["Location"] == "/applications/"


def test_the_form_goes_on_where_it_was_left():
    case = Begun()
    client = sign_in()
    send(client, case, "edit/name/", {"name": "李晓梅"})
    assert client.get(url(case, "resume/")).headers["Location"] == url(case, "edit/identity/")


def test_the_way_back_leads_to_the_page_before():
    case = Begun()
    page = text_of(sign_in().get(url(case, "edit/phone/")))
    assert f'class="govuk-back-link zd-target" href="{url(case, "edit/certificate/")}"' in page


def test_a_page_policy_does_not_ask_for_leads_on():
    case = world.grant()
    client = sign_in()
    assert client.get(url(case, "edit/contract/")).status_code == 302
    assert client.get(url(case, "edit/seeking/")).status_code == 200


def test_choosing_the_school_brings_the_questions_of_its_place():
    case = Begun()
    client = sign_in()
    assert "共 11 步" in text_of(client.get(url(case, "edit/school/")))
    school = Office.objects.filter(function="school", division_id=world.MENGZI).first()
    send(client, case, "edit/school/", {"school": school.pk})
    assert "共 12 步" in text_of(client.get(url(case, "edit/school/")))
    assert answers(case)["school"] == school.pk


def test_only_places_where_the_scheme_is_in_force_are_offered():
    case = Begun("lottery-deposit-waiver")
    page = text_of(sign_in().get(url(case, "edit/outlet/")))
    assert "蒙自市" in page
    assert "砚山县" not in page
    assert '<optgroup label="红河哈尼族彝族自治州">' in page


def test_a_scheme_of_townships_offers_townships_by_county():
    case = Begun("dibao-phase-out")
    page = text_of(sign_in().get(url(case, "edit/home/")))
    assert '<optgroup label="蒙自市">' in page


def test_a_production_site_takes_nothing_where_values_wait_to_be_confirmed(settings):
    settings.DEMO = False
    case = Begun("lottery-deposit-waiver")
    given = {"outlet_division": world.MENGZI, "outlet_address": "人民路1号"}
    client = sign_in()
    response = client.post(url(case, "edit/outlet/"), {"version": version(case), **given}, secure=True)
    assert response.status_code == 422
    assert "还没有开通网上申请" in text_of(response)


def test_changing_an_answer_from_the_check_page_leads_back_to_it():
    case = world.grant()
    client = sign_in()
    response = client.post(url(case, "edit/name/?back=check"), {"version": version(case), "name": "王建国"})
    assert response.headers["Location"] == url(case, "check/")


def test_ones_own_data_is_offered_but_never_for_somebody_else():
    world.granted()
    user = world.user("applicant")
    user.person = world.grant(8).submit().application.subject
    user.save()
    own, other = Begun(), Begun(for_other=True)
    client = sign_in()
    assert user.person.name in text_of(client.get(url(own, "edit/name/")))
    assert user.person.name not in text_of(client.get(url(other, "edit/name/")))
    assert answers(own) == {}


def test_a_stale_page_answers_conflict_and_keeps_what_was_typed():
    case = Begun()
    client = sign_in()
    old = version(case)
    send(client, case, "edit/name/", {"name": "王建国"})
    response = client.post(url(case, "edit/name/"), {"version": old, "name": "李晓梅"})
    page = text_of(response)
    assert response.status_code == 409
    assert "页面内容已经变化" in page
    assert "李晓梅" in page
    assert answers(case) == {"name": "王建国"}
    assert f'name="version" value="{version(case)}"' in page


def test_the_same_page_sent_twice_is_no_conflict():
    case = Begun()
    client = sign_in()
    given = {"version": version(case), "name": "李晓梅"}
    first, second = (client.post(url(case, "edit/name/"), given) for _time in range(2))
    assert (first.status_code, second.status_code) == (302, 302)


@pytest.mark.parametrize("token", ["", "abc", "-1", "9" * 40])
def test_a_page_without_a_token_is_not_saved(token):
    case = Begun()
    response = sign_in().post(url(case, "edit/name/"), {"version": token, "name": "李晓梅"})
    assert response.status_code == 409
    assert answers(case) == {}


def test_after_filing_nothing_can_be_edited():
    case = world.grant().submit()
    client = sign_in()
    assert client.get(url(case, "edit/name/")).headers["Location"] == url(case)
    assert send(client, case, "edit/name/", {"name": "王建国"}).status_code == 409


@pytest.mark.parametrize(
    "rest", ["", "resume/", "edit/name/", "papers/", "check/", "receipt/", "correct/", "withdraw/", "papers/1/"]
)
def test_another_persons_case_does_not_exist_and_no_name_is_told(rest):
    case = world.grant().submit()
    client = sign_in("applicant2")
    for response in (client.get(url(case, rest)), client.post(url(case, rest))):
        assert response.status_code in {404, 405}
        assert case.application.subject.name not in text_of(response)
        assert case.application.number not in text_of(response)


@pytest.mark.parametrize("rest", ["", "edit/name/", "papers/", "check/"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, rest):
    response = client.get(url(Begun(), rest))
    assert response.headers["Location"].startswith("/accounts/login/?next=")


def test_an_unknown_page_is_not_found():
    case = Begun()
    client = sign_in()
    assert client.get(url(case, "edit/no-such-page/")).status_code == 404
    assert client.get(url(case, "edit/determination/")).status_code == 404


@pytest.mark.parametrize("rest", ["", "edit/school/", "papers/", "check/"])
def test_pages_of_a_draft_are_kept_nowhere_and_write_nothing(rest):
    case, client = world.grant(), sign_in()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url(case, rest))
    assert "no-store" in response["Cache-Control"]
    assert all(query["sql"].startswith("SELECT") for query in queries), queries.captured_queries
    assert len(queries) <= 20


def test_the_page_speaks_english():
    case = Begun()
    client = sign_in()
    page = text_of(client.get(url(case, "edit/name/"), headers={"accept-language": "en"}))
    assert "Your name" in page
    assert 'lang="en"' in page
