"""「看看我能办什么」: page after page without anything being kept, and what is found at the end."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from applications.models import Application
from audit.models import Event
from project.demo.directory import MENGZI
from schemes.finding.guide import pages

pytestmark = pytest.mark.django_db
COUNTY = MENGZI
PERSON = {
    "place": {"division": COUNTY, "asks_for": "self"},
    "disability": {"disability": "certificate", "disability_kinds": ["sight"]},
    "person": {"age": "22", "residence": "rural"},
    "doing": {"doing": ["seeking"], "graduate": "this_year"},
    "trades": {"trades": ["lottery"]},
    "household": {"household": "dibao", "somebody_works": "disabled_member"},
    "needs": {},
}
FIRM = {"place": {"division": COUNTY, "asks_for": "organisation"}, "organisation": {"activities": ["employs"]}}


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "zh-hans"})


def read(response):
    return BeautifulSoup(response.content, "html.parser").main


def typed(soup):
    """What a browser would send again: the hidden fields of the page."""
    data = {}
    for field in soup.find("form", method="post").select("input[type=hidden]"):
        data.setdefault(field["name"], []).append(field["value"])
    data.pop("csrfmiddlewaretoken", None)
    return data


def walked(browser, answers, **changed):
    """Answer page after page as a browser does; the last page."""
    soup = read(browser.get(reverse("apply:find")))
    for code, said in (answers | changed).items():
        assert typed(soup)["step"] == [code]
        response = browser.post(reverse("apply:find"), {**typed(soup), **said})
        assert response.status_code == 200
        soup = read(response)
    return soup


def titles(soup, group):
    section = soup.find("section", {"aria-labelledby": group})
    return [card.get_text() for card in section.select("h3 a")] if section else []


def test_a_graduate_with_a_lottery_outlet_finds_what_is_for_both(browser):
    found = titles(walked(browser, PERSON), "fits")
    assert "残疾人高校毕业生一次性求职补贴" in found
    assert "残疾人彩票代销押金减免" in found
    assert "残疾人烟草制品零售点间距放宽" not in found


def test_an_organisation_is_asked_two_pages_and_finds_its_own(browser):
    soup = walked(browser, FIRM)
    assert "按比例安排残疾人就业联网认证" in soup.get_text()
    assert "求职补贴" not in soup.get_text()


def test_a_condition_that_is_not_met_is_told_with_document_and_clause(browser):
    soup = walked(browser, PERSON, person={"age": "17", "residence": "rural"})
    assert "残疾人彩票代销押金减免" in titles(soup, "barred")
    card = next(one for one in soup.select("#barred ~ ul li") if "彩票代销押金" in one.get_text())
    assert card.select_one("cite").get_text(strip=True)


def test_a_wrong_answer_is_asked_again_and_nothing_typed_is_lost(browser):
    answers = {code: said for code, said in PERSON.items() if code in ("place", "disability")}
    soup = walked(browser, answers)
    response = browser.post(reverse("apply:find"), {**typed(soup), "age": "-3", "residence": "urban"})
    assert response.status_code == 422
    again = read(response)
    assert again.select_one("#id_age")["value"] == "-3"
    assert typed(again)["disability_kinds"] == ["sight"]
    assert again.select_one(".govuk-error-summary")


def test_a_page_that_was_left_empty_says_what_to_do(browser):
    response = browser.post(reverse("apply:find"), {"step": "place"})
    assert response.status_code == 422
    assert [link["href"] for link in read(response).select(".govuk-error-summary a")] == [
        "#id_division",
        "#id_asks_for_0",
    ]


def test_the_page_before_shows_what_was_answered_there(browser):
    answers = {code: said for code, said in PERSON.items() if code in ("place", "disability")}
    soup = walked(browser, answers)
    back = read(browser.post(reverse("apply:find"), {**typed(soup), "back": "disability"}))
    assert back.select_one("input[name=disability][value=certificate]").has_attr("checked")
    assert back.select_one("input[name=disability_kinds][value=sight]").has_attr("checked")


def test_answers_can_be_changed_from_the_result(browser):
    soup = walked(browser, PERSON)
    back = read(browser.post(reverse("apply:find"), {**typed(soup), "back": "place"}))
    assert back.select_one("input[name=asks_for][value=self]").has_attr("checked")
    assert typed(back)["trades"] == ["lottery"]


def test_answers_of_another_page_cannot_be_forged_into_the_result(browser):
    forged = {name: value for said in PERSON.values() for name, value in said.items()}
    response = browser.post(reverse("apply:find"), {**forged, "graduate": "<script>", "step": "needs"})
    assert response.status_code == 422
    assert typed(read(response))["step"] == ["doing"]


def test_nothing_is_kept_of_what_was_answered(browser):
    events = Event.objects.count()
    soup = walked(browser, PERSON)
    assert soup.find("section")
    assert not Application.objects.exists()
    assert not Session.objects.exists()
    assert Event.objects.count() == events
    assert "no-store" in browser.post(reverse("apply:find"), {"step": "place"})["Cache-Control"]


def test_whoever_has_no_certificate_is_told_how_to_get_one(browser):
    soup = walked(browser, PERSON, disability={"disability": "not_yet"})
    assert "残疾评定" in soup.get_text()


def test_the_result_asks_the_database_the_same_however_many_schemes_fit(browser, django_assert_max_num_queries):
    walked(browser, PERSON)
    forged = {name: value for said in PERSON.values() for name, value in said.items()}
    with django_assert_max_num_queries(12):
        browser.post(reverse("apply:find"), {**forged, "step": "needs"})


def test_every_page_is_walked_by_these_tests():
    assert {*PERSON, *FIRM} == {page.code for page in pages()}


def test_an_unknown_place_is_asked_again(browser):
    response = browser.post(reverse("apply:find"), {"division": "999999", "asks_for": "self", "step": "place"})
    assert response.status_code == 422


def test_a_guide_of_what_was_found_opens_for_the_same_place(browser):
    soup = walked(browser, PERSON)
    link = soup.select_one("#fits ~ ul a")["href"]
    assert link.endswith(f"?division={COUNTY}")
    assert browser.get(link).status_code == 200
