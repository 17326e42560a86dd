"""What every page stands on: language, no inline code, nothing from elsewhere, elder mode, refusals, health."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from people.posts import User
from project import navigation, source

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.project.urls")]

PAGES = ["/front/", "/gallery/", "/source/", "/accessibility/", "/accounts/login/", "/accounts/signup/"]
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "429.html", "500.html"]
STYLES = settings.BASE_DIR / "project" / "static" / "zhida"


def soup_of(response):
    """The page as a tree."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_chinese_until_english_is_chosen(client, address):
    assert soup_of(client.get(address)).html["lang"] == "zh-Hans"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert soup_of(client.get(address)).html["lang"] == "en"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_carries_no_inline_code_and_asks_nothing_of_other_sites(client, address):
    page = soup_of(client.get(address))
    assert page.find_all(style=True) == []
    assert page.find_all("style") == []
    assert [script for script in page.find_all("script") if not script.get("src")] == []
    assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    outward = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "link", "img", "iframe"])]
    assert [address for address in outward if address.startswith(("http", "//"))] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_title_one_heading_one_main_and_a_way_past_the_navigation(client, address):
    page = soup_of(client.get(address))
    assert len(page.find_all("h1")) == 1
    assert len(page.find_all("main")) == 1
    assert page.title.text.strip()
    assert page.body.find("a")["href"] == "#main"


def test_the_language_switch_names_the_other_language_in_its_own_words(client):
    button = soup_of(client.get("/front/")).find("button", attrs={"name": "language"})
    assert (button["lang"], button.text) == ("en", "English")
    answer = client.post("/preferences/language/", {"language": "en", "next": "/front/"})
    assert (answer.status_code, answer.url) == (302, "/front/")
    button = soup_of(client.get("/front/")).find("button", attrs={"name": "language"})
    assert (button["lang"], button.text) == ("zh-Hans", "简体中文")


def test_elder_mode_is_remembered_and_can_be_left(client):
    assert "elder" not in soup_of(client.get("/front/")).html["class"]
    client.post("/preferences/elder/", {"size": "2", "next": "/front/"})
    page = soup_of(client.get("/front/"))
    assert {"elder", "elder--2"} <= set(page.html["class"])
    assert "elder" in page.body["class"]
    assert page.find("button", attrs={"name": "size", "aria-pressed": "true"})["value"] == "2"
    client.post("/preferences/elder/", {"size": "0", "next": "/front/"})
    assert "elder" not in soup_of(client.get("/front/")).html["class"]


@pytest.mark.parametrize("size", ["9", "x", ""])
def test_an_unknown_size_changes_nothing(client, size):
    assert "zhida_elder" not in client.post("/preferences/elder/", {"size": size}).cookies


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_elder_mode_never_leads_to_another_site(client, target):
    assert client.post("/preferences/elder/", {"size": "1", "next": target}).url == "/"


@pytest.mark.parametrize("name", ERROR_PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_error_pages_need_neither_request_nor_database(name, language):
    with translation.override(language):
        page = BeautifulSoup(render_to_string(name), "html.parser")
    assert page.html["lang"] == {"zh-hans": "zh-Hans", "en": "en"}[language]
    assert page.h1.text
    assert page.main.find("a")["href"] == "/"


def test_a_missing_page_says_what_to_do(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.text


def test_demo_data_is_called_demo_data_on_every_page(client, settings):
    assert "演示数据" in client.get("/front/").text
    settings.DEMO = False
    assert "演示数据" not in client.get("/front/").text


def test_demo_passwords_are_shown_only_on_a_demo_site(client, settings):
    assert "Demo-2026-only!" in client.get("/accounts/login/").text
    settings.DEMO = False
    assert "Demo-2026-only!" not in client.get("/accounts/login/").text


class Message:
    """A message as the messages framework hands it to templates."""

    level_tag = "success"

    def __str__(self):
        return "已保存"


def test_messages_stand_in_a_polite_region():
    text = render_to_string("base.html", {"messages": [Message()]})
    region = BeautifulSoup(text, "html.parser").find(id="messages")
    assert region["role"] == "status"
    assert "已保存" in region.text


def test_the_front_page_leads_to_the_schemes_of_each(client):
    card = soup_of(client.get("/front/")).find("a", class_="zd-card__link")
    assert (card["href"], card.text) == ("/a/", "个人")


def test_chinese_on_an_english_page_is_marked():
    template = Template("{% load zhida %}{{ text|marked }}")
    with translation.override("en"):
        assert template.render(Context({"text": "蒙自市"})) == '<span lang="zh-Hans">蒙自市</span>'


def test_an_applicant_sees_the_way_to_apply_and_an_official_the_inbox(monkeypatch):
    addresses = {entry.url_name: f"/{entry.url_name}/" for entry in navigation.ENTRIES}
    monkeypatch.setattr(navigation, "_address", addresses.get)
    visitor = navigation.links_for(frozenset({"everyone", "applicant"}), "/")
    assert [link["label"] for link in visitor] == ["办事事项", "公示", "文书核验"]
    clerk = navigation.links_for(frozenset({"everyone", "clerk"}), "/approvals:inbox/1/")
    assert [(link["label"], link["current"]) for link in clerk] == [
        ("待办", True),
        ("入户核查", False),
        ("批次卷", False),
        ("村（社区）帮办", False),
        ("档案", False),
        ("窗口代办", False),
        ("公示", False),
        ("文书核验", False),
    ]


@pytest.mark.parametrize(
    "roles, path, marked",
    [
        ({"clerk"}, "/helping/schools/3/", ["窗口代办"]),
        ({"clerk"}, "/helping/invites/", ["窗口代办"]),
        ({"clerk", "reviewer"}, "/helping/invites/", ["政策找人"]),
        ({"clerk"}, "/helping/rosters/1/", ["村（社区）帮办"]),
        ({"clerk"}, "/nowhere/", []),
    ],
)
def test_the_room_one_is_in_is_marked_once(roles, path, marked):
    links = navigation.links_for(frozenset(roles), path)
    assert [link["label"] for link in links if link["current"]] == marked


def test_a_signed_in_applicant_sees_their_applications():
    user = User.objects.create(username="applicant")
    assert navigation.SIGNED_IN_APPLICANT in navigation.audiences_of(user)


def test_the_process_says_it_lives_without_touching_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").text == "ok\n"


def test_a_migrated_site_is_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok"})


def test_a_site_without_database_is_not_ready(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_the_source_page_links_to_the_source_of_the_running_version(client, settings):
    settings.SOURCE_URL = "https://source.example/zhida/"
    page = soup_of(client.get("/source/"))
    assert page.find("a", class_="govuk-button")["href"] == "https://source.example/zhida/"
    assert page.find(id="version").text == source.running_version()


def test_the_archive_is_the_running_version(client):
    answer = client.get("/source/archive/")
    assert b"".join(answer.streaming_content)[:2] == b"\x1f\x8b"
    assert source.running_version()[:12] in answer["Content-Disposition"]


def test_without_a_repository_there_is_no_archive(client, monkeypatch):
    monkeypatch.setattr(source, "running_version", lambda: "")
    assert client.get("/source/archive/").status_code == 404


def test_the_licence_is_served(client):
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in client.get("/source/licence/").text


def test_the_style_sheet_is_ours_alone():
    text = (STYLES / "app.css").read_text(encoding="utf-8")
    assert "url(" not in text
    assert not re.search(r"gov\.uk|crest|crown|GDS Transport|@import|@font-face", text, re.IGNORECASE)


def test_a_first_visit_is_light(client):
    page: HttpResponse = client.get("/front/")
    parts = [page.content, (STYLES / "app.css").read_bytes(), (STYLES / "app.js").read_bytes()]
    assert sum(len(gzip.compress(part)) for part in parts) < 100 * 1024


@pytest.mark.urls("project.urls")
def test_the_front_page_leads_to_what_there_is_for_whom(client, founded):
    cards = soup_of(client.get("/")).select(".zd-cards a[href^='/apply/']")
    assert {card["href"] for card in cards} >= {"/apply/?who=person", "/apply/?who=household"}
    assert all(card.text.strip() for card in cards)


@pytest.mark.urls("project.urls")
def test_the_front_page_has_a_search_of_what_there_is(client, founded):
    form = soup_of(client.get("/")).select_one("form[role=search]")
    assert (form["action"], form["method"]) == ("/apply/", "get")
    assert form.select_one("input[name=q]")


@pytest.mark.urls("project.urls")
def test_an_empty_site_says_whom_to_ask(client):
    assert "目前没有开放在网上申请的事项" in client.get("/").text
