"""The list of what there is: by how one comes to it and for whom, searched and narrowed; what is only told of."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.listing import narrowed, ways_of
from applications.localities import places_for
from applications.models import Application
from applications.offers import Offer
from people.refusals import Conflict, Invalid
from tests import offered, world
from tests.applications.pages import sign_in, text_of
from tests.offered import INFORM, REFER, SERVICE
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MENGZI, YANSHAN = "532503", "532622"
APPLY, HAND_ON, TOLD, ELSEWHERE = "apply", "refer", "inform", "elsewhere"


def listed(**asked):
    """Where each scheme stands on the page: its code to way and applicant."""
    page = BeautifulSoup(Client().get("/apply/", asked).content, "html.parser")
    links = page.select("h4 a")
    return {link["href"].split("/")[2]: _standing(link) for link in links}


def _standing(link):
    cards = link.find_parent("ul")
    way, who = cards["aria-labelledby"].split()
    return way, who.removeprefix(f"{way}-")


class TestGroups:
    """What is applied for, what is handed on, what is only told of."""

    @pytest.fixture(autouse=True)
    def _published(self):
        offered.publish(REFER)
        offered.publish(SERVICE, clause=False)
        offered.publish(INFORM)

    def test_before_a_county_is_chosen(self):
        found = listed()
        assert (found[REFER], found[SERVICE], found[INFORM]) == (
            (HAND_ON, "person"),
            (APPLY, "person"),
            (TOLD, "person"),
        )
        assert found["dibao-phase-out"] == (APPLY, "household")

    def test_in_a_county(self):
        found = listed(division=MENGZI)
        assert (found[REFER][0], found[SERVICE][0], found[INFORM][0]) == (HAND_ON, ELSEWHERE, TOLD)

    def test_a_clause_that_only_sets_a_target_makes_it_told_of_there(self):
        offered.offer(SERVICE, offered_as="inform")
        assert listed(division=MENGZI)[SERVICE] == (TOLD, "person")
        assert listed()[SERVICE] == (APPLY, "person")

    def test_a_plan_that_ran_out_stays_in_its_group_and_says_so(self):
        assert listed(division=YANSHAN)["grad-jobseeking"][0] == APPLY
        assert "计划已到期" in text_of(Client().get("/apply/", {"division": YANSHAN}))

    def test_every_way_says_how_many_there_are(self):
        page = BeautifulSoup(Client().get("/apply/").content, "html.parser")
        jumps = [item.get_text(" ", strip=True) for item in page.select(".zd-jumps li")]
        assert [words.rpartition(" (")[0] for words in jumps] == [
            "可以直接申请",
            "由其他单位办理，我们转交",
            "了解和咨询",
        ]

    def test_more_schemes_need_no_more_queries(self, settings):
        settings.DEMO = False
        few = queries()
        for number in range(4):
            offered.copy(SERVICE, f"copy-{number}")
        assert queries() == few


def queries():
    with CaptureQueriesContext(connection) as captured:
        Client().get("/apply/", {"division": MENGZI})
    return len(captured)


class TestNarrowing:
    """By whom it is for, and by words."""

    @pytest.fixture
    def offers(self):
        told = offered.definition(INFORM)
        asked = offered.definition(REFER)
        household = offered.definition(SERVICE, applicant="household")
        return [Offer(told, "inform"), Offer(asked, "open"), Offer(household, "open")]

    @pytest.mark.parametrize(
        "who, text, codes",
        [
            ("", "", [INFORM, REFER, SERVICE]),
            ("household", "", [SERVICE]),
            ("organisation", "", []),
            ("", "公证", [REFER]),
            ("", "NOTARY relief", [REFER]),
            ("", "ｎｏｔａｒｙ", [REFER]),
            ("", "就业 困难", [SERVICE]),
            ("", "招聘会　身份证", []),
            ("person", "认定", []),
            ("", "%_", []),
        ],
    )
    def test_what_is_found(self, offers, who, text, codes):
        assert [offer.definition.code for offer in narrowed(offers, who, text)] == codes

    def test_nothing_is_in_no_group(self):
        assert ways_of([]) == []

    def test_the_page_keeps_what_was_asked_and_offers_a_way_back(self):
        offered.publish(REFER)
        response = Client().get("/apply/", {"division": MENGZI, "who": "person", "q": " 公证费 "})
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("input[name=q]")["value"] == "公证费"
        assert page.select_one("select[name=who] option[selected]")["value"] == "person"
        assert page.select_one("#found a")["href"] == f"/apply/?division={MENGZI}"
        assert listed(division=MENGZI, who="person", q="公证费") == {REFER: (HAND_ON, "person")}

    def test_nothing_found_says_what_to_do(self):
        assert "请换一个词，或者去掉筛选再看。" in text_of(Client().get("/apply/", {"q": "不存在的事项"}))

    @pytest.mark.parametrize("asked", [{"who": "robot"}, {"who": "\x00"}, {"q": "x" * 500}, {"q": "\x00"}])
    def test_what_is_not_understood_shows_a_page(self, asked):
        assert Client().get("/apply/", asked).status_code == 200


class TestToldOf:
    """What is only told of has a guide and no beginning."""

    @pytest.fixture(autouse=True)
    def _published(self):
        offered.publish(INFORM)

    def test_the_guide_tells_what_it_is_the_clause_and_whom_to_ask(self):
        page = text_of(Client().get(f"/apply/{INFORM}/", {"division": MENGZI}))
        for words in (
            "不需要申请",
            "带身份证直接到场",
            offered.CLAUSE,
            "州残联、州司法局。",
            "请向当地残联就业服务机构咨询",
        ):
            assert words in page

    def test_it_asks_for_nothing_and_begins_nothing(self):
        page = text_of(sign_in().get(f"/apply/{INFORM}/", {"division": MENGZI}))
        for words in ("开始填写", "登录后开始", "开始申请", "准备什么材料", "怎么办、要多久"):
            assert words not in page

    @pytest.mark.parametrize("name", ["applicant", ""])
    def test_sending_it_all_the_same_begins_nothing(self, name):
        client = sign_in(name) if name else Client()
        assert client.post(f"/apply/{INFORM}/", {"for_whom": "own"}).status_code == 409
        assert not Application.objects.exists()

    def test_no_service_begins_it_either(self):
        with refused(Conflict, "inform_only"):
            actions.begin(world.user("applicant"), INFORM, world.START)

    def test_in_english(self):
        page = text_of(Client(headers={"accept-language": "en"}).get(f"/apply/{INFORM}/", {"division": MENGZI}))
        assert "come with your identity card" in page


class TestTargetsOnly:
    """A scheme that can be applied for elsewhere, but not where the clause only sets a target."""

    @pytest.fixture(autouse=True)
    def _published(self):
        offered.staff("hrss")
        offered.publish(SERVICE, inform=True)

    def test_the_guide_offers_no_start_there(self):
        client = sign_in()
        there = text_of(client.get(f"/apply/{SERVICE}/", {"division": MENGZI}))
        assert "当地没有规定怎样申请" in there
        assert "开始填写" not in there
        assert "开始填写" in text_of(client.get(f"/apply/{SERVICE}/"))

    def test_nothing_is_begun_there(self):
        assert sign_in().post(f"/apply/{SERVICE}/?division={MENGZI}", {"for_whom": "own"}).status_code == 409
        assert not Application.objects.exists()

    def test_the_form_does_not_offer_the_place(self):
        definition = offered.definition(SERVICE)
        places = places_for(definition, world.START.date())
        assert places(definition.question("home_division")) == []

    def test_another_clause_that_offers_it_opens_it(self):
        offered.offer(SERVICE, clause="九(十)")
        assert listed(division=MENGZI)[SERVICE] == (APPLY, "person")

    def test_a_draft_begun_without_saying_where_is_not_filed_there(self):
        case = offered.case(SERVICE)
        with refused(Invalid, "inform_only"):
            case.submit()


def test_the_guide_of_what_is_handed_on_says_who_decides():
    offered.publish(REFER)
    page = text_of(sign_in().get(f"/apply/{REFER}/", {"division": MENGZI}))
    assert "这件事由当地公证处决定" in page
    assert "等待主管单位答复" in page
    assert "开始填写" in page
    assert "在您那里有多少" not in page
