"""「看看我能办什么」: page after page without anything being stored, what is found at the end, and ways back to it."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from applications import told_before
from applications.models import Application
from audit.models import Event
from project.demo.directory import MENGZI
from schemes.finding.guide import pages
from tests import world

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
FIND = "/apply/find/"


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "zh-hans"})


def read(response):
    return BeautifulSoup(response.content, "html.parser").main


def opened(browser, code):
    return read(browser.get(FIND, {"page": code}, follow=True))


def asked(soup):
    """The page of questions that is shown; "" on the result."""
    field = soup.select_one("input[name=step]")
    return field["value"] if field else ""


def answered(browser, code, said, **more):
    return browser.post(FIND, {"step": code, **said, **more})


def walked(browser, answers, **changed):
    """Answer page after page as a browser does; the last page."""
    soup = read(browser.get(FIND))
    for code, said in (answers | changed).items():
        assert asked(soup) == code
        response = browser.post(FIND, {"step": code, **said}, follow=True)
        assert response.redirect_chain
        soup = read(response)
    return soup


def part(*codes):
    return {code: said for code, said in PERSON.items() if code in codes}


def titles(soup, group):
    section = soup.find("section", {"aria-labelledby": group})
    return [card.get_text() for card in section.select("h3 a")] if section else []


def card_of(soup, title):
    return next(one.get_text(" ", strip=True) for one in soup.select("li.zd-card") if title in one.get_text())


class TestWhatIsFound:
    """Schemes that fit, with the reason; schemes that fail, with the clause."""

    def test_a_graduate_with_a_lottery_outlet_finds_what_is_for_both(self, browser):
        found = titles(walked(browser, PERSON), "fits")
        assert "残疾人高校毕业生一次性求职补贴" in found
        assert "残疾人彩票代销押金减免" in found
        assert "残疾人烟草制品零售点间距放宽" not in found

    def test_an_organisation_is_asked_two_pages_and_finds_its_own(self, browser):
        soup = walked(browser, FIRM)
        assert "按比例安排残疾人就业联网认证" in soup.get_text()
        assert "求职补贴" not in soup.get_text()

    def test_a_card_says_for_which_answers_it_is_meant(self, browser):
        card = card_of(walked(browser, PERSON), "残疾人高校毕业生一次性求职补贴")
        assert "因为您回答了：" in card
        assert "今年毕业，或者还有一年以内毕业" in card

    def test_a_card_names_the_conditions_that_are_met_or_the_clause_it_rests_on(self, browser):
        soup = walked(browser, PERSON)
        for card in soup.select("#fits ~ ul li.zd-card"):
            if not card.select_one(".govuk-tag--grey"):
                assert card.select_one("cite"), card.get_text()

    def test_a_condition_that_is_not_met_is_told_with_document_and_clause(self, browser):
        soup = walked(browser, PERSON, person={"age": "17", "residence": "rural"})
        assert "残疾人彩票代销押金减免" in titles(soup, "barred")
        card = next(one for one in soup.select("#barred ~ ul li") if "彩票代销押金" in one.get_text())
        assert card.select_one("cite").get_text(strip=True)

    def test_whoever_has_no_certificate_is_told_how_to_get_one(self, browser):
        soup = walked(browser, PERSON, disability={"disability": "not_yet"})
        assert "残疾评定" in soup.get_text()

    def test_a_guide_of_what_was_found_opens_for_the_same_place(self, browser):
        soup = walked(browser, PERSON)
        link = soup.select_one("#fits ~ ul a")["href"]
        assert link.endswith(f"?division={COUNTY}")
        assert browser.get(link).status_code == 200

    def test_the_result_asks_the_database_the_same_however_many_schemes_fit(
        self, browser, django_assert_max_num_queries
    ):
        walked(browser, PERSON)
        with django_assert_max_num_queries(13):
            browser.get(FIND, {"page": "result"})


class TestWaysBack:
    """The answers are there again, in the other language, on the way back and after a while away."""

    def test_the_page_before_shows_what_was_answered_there(self, browser):
        walked(browser, part("place", "disability"))
        back = opened(browser, "disability")
        assert back.select_one("input[name=disability][value=certificate]").has_attr("checked")
        assert back.select_one("input[name=disability_kinds][value=sight]").has_attr("checked")

    def test_going_back_keeps_what_was_just_typed(self, browser):
        walked(browser, part("place", "disability"))
        answered(browser, "person", {"age": "61", "residence": "rural"}, back="disability")
        assert opened(browser, "person").select_one("#id_age")["value"] == "61"

    def test_a_change_of_language_keeps_every_answer(self, browser):
        walked(browser, PERSON)
        here = f"{FIND}?page=result"
        response = browser.post(reverse("set_language"), {"language": "en", "next": here}, follow=True)
        assert response.request["QUERY_STRING"] == "page=result"
        assert "One-off job-seeking" in response.content.decode() or 'id="fits"' in response.content.decode()

    def test_elder_mode_keeps_every_answer(self, browser):
        walked(browser, part("place", "disability"))
        here = f"{FIND}?page=person"
        response = browser.post(reverse("elder_mode"), {"size": "1", "next": here}, follow=True)
        assert asked(read(response)) == "person"

    def test_answers_can_be_changed_from_the_result(self, browser):
        walked(browser, PERSON)
        assert opened(browser, "place").select_one("input[name=asks_for][value=self]").has_attr("checked")
        answered(browser, "person", {"age": "17", "residence": "rural"})
        assert "残疾人彩票代销押金减免" in titles(opened(browser, "result"), "barred")

    def test_a_page_further_on_leads_to_the_first_that_waits(self, browser):
        walked(browser, part("place"))
        assert asked(opened(browser, "result")) == "disability"
        assert asked(opened(browser, "nowhere")) == "disability"


class TestFaults:
    """Nothing typed is lost, and each fault says what to do."""

    def test_a_wrong_answer_is_asked_again_and_nothing_typed_is_lost(self, browser):
        walked(browser, part("place", "disability"))
        response = answered(browser, "person", {"age": "-3", "residence": "urban"})
        assert response.status_code == 422
        again = read(response)
        assert again.select_one("#id_age")["value"] == "-3"
        assert again.select_one(".govuk-error-summary")
        assert opened(browser, "person").select_one("input[name=residence][value=urban]").has_attr("checked")

    def test_a_page_that_was_left_empty_says_what_to_do(self, browser):
        response = answered(browser, "place", {})
        assert response.status_code == 422
        links = [link["href"] for link in read(response).select(".govuk-error-summary a")]
        assert links[:2] == ["#id_division", "#id_asks_for_0"]

    def test_an_unknown_place_is_asked_again(self, browser):
        assert answered(browser, "place", {"division": "999999", "asks_for": "self"}).status_code == 422

    def test_an_answer_that_was_not_offered_is_asked_again(self, browser):
        walked(browser, part("place", "disability", "person"))
        assert answered(browser, "doing", {"graduate": "<script>"}).status_code == 422
        assert asked(opened(browser, "result")) == "doing"

    def test_a_page_that_is_not_asked_does_not_exist(self, browser):
        assert answered(browser, "organisation", {}).status_code == 404


class TestNothingIsStored:
    """What is answered stays with the browser, where nobody can read it, and lapses."""

    def test_no_session_no_event_and_no_case(self, browser):
        events = Event.objects.count()
        assert walked(browser, PERSON).find("section")
        assert not Application.objects.exists()
        assert not Session.objects.exists()
        assert Event.objects.count() == events

    def test_the_cookie_tells_nothing_and_is_out_of_reach_of_scripts_and_other_pages(self, browser):
        walked(browser, PERSON)
        cookie = browser.cookies[told_before.COOKIE]
        assert "certificate" not in cookie.value
        assert COUNTY not in cookie.value
        assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/apply/", "Lax")
        assert cookie["max-age"] == told_before.LASTS_SECONDS
        assert len(cookie.value) < told_before.LARGEST

    def test_no_address_holds_an_answer(self, browser):
        response = answered(browser, "place", PERSON["place"])
        assert response.headers["Location"] == f"{FIND}?page=disability"

    def test_no_page_is_kept_by_the_browser(self, browser):
        walked(browser, PERSON)
        assert "no-store" in browser.get(FIND, {"page": "result"})["Cache-Control"]

    def test_after_half_an_hour_the_answers_are_gone(self, browser):
        walked(browser, part("place"))
        with time_machine.travel(world.START + timedelta(days=3650)):
            assert asked(opened(browser, "disability")) == "place"
            page = browser.post(FIND, {"step": "place", **PERSON["place"]}, follow=True)
        assert page.status_code == 200

    def test_what_somebody_else_wrote_into_the_cookie_is_nothing(self, browser):
        walked(browser, part("place"))
        browser.cookies[told_before.COOKIE] = "gAAAAforged"
        assert asked(opened(browser, "disability")) == "place"

    def test_the_answers_can_be_dropped(self, browser):
        walked(browser, PERSON)
        browser.post(FIND, {"clear": "1"})
        assert asked(opened(browser, "result")) == "place"


class TestGoingOn:
    """What was answered begins a draft, where its applicant ticks that."""

    def begun(self, browser, **given):
        browser.force_login(world.user("applicant"))
        guide = f"/apply/lottery-deposit-waiver/?division={COUNTY}"
        assert "把我刚才的回答带进申请" in browser.get(guide).content.decode()
        browser.post(guide, {"for_whom": "own", **given})
        return Application.objects.get()

    def test_with_the_tick_it_comes_along_to_be_checked(self, browser):
        walked(browser, PERSON)
        draft = self.begun(browser, carry="on")
        assert draft.division_id == COUNTY
        page = browser.get(f"/applications/{draft.public_id}/edit/outlet/").content.decode()
        assert "来自您在“看看我能办什么”里的回答" in page

    def test_without_the_tick_nothing_comes_along(self, browser):
        walked(browser, PERSON)
        draft = self.begun(browser)
        assert draft.division_id is None
        assert not draft.taken_answers.exists()


def test_every_page_is_walked_by_these_tests():
    assert {*PERSON, *FIRM} == {page.code for page in pages()}
