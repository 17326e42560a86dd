"""Public verification: genuine or not, valid or not, and nothing else."""

import pytest
from bs4 import BeautifulSoup

from papers import codes
from papers.views import LOOK_UPS_A_MINUTE
from tests.papers import samples

URL = "/verify/"


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def text_of(response):
    return page_of(response).find("main").get_text(" ", strip=True)


@pytest.fixture
def paper(issued):
    return issued()


def test_a_valid_paper_shows_what_the_public_may_know(client, paper):
    text = text_of(client.get(f"{URL}{paper.verify_code}/"))

    assert "现在有效" in text
    for shown in (paper.number, samples.ORGAN, "准予决定书", "求职补贴", "2026年11月23日", "欧阳*"):
        assert shown in text


def test_nothing_personal_is_shown(client, paper):
    text = client.get(f"{URL}{paper.verify_code}/").content.decode()

    for hidden in ("𬱖", samples.GRANT.title, "1000.00", "QZ20260302001", "case-1"):
        assert hidden not in text


def test_a_superseded_paper_names_its_successor(client, paper, issued):
    new = issued(supersedes=paper)
    text = text_of(client.get(f"{URL}{paper.verify_code}/"))

    assert "已经被后来的文书替代" in text
    assert new.number in text


def test_a_revoked_paper_says_so(client, paper, issued):
    issued("revocation", supersedes=paper)

    assert "已经被撤销" in text_of(client.get(f"{URL}{paper.verify_code}/"))


def test_an_unknown_code_is_404_with_advice(client, db):
    response = client.get(f"{URL}222233334444/")

    assert response.status_code == 404
    assert "2222-3333-4444" in text_of(response)
    assert "求证" in text_of(response)


def test_what_is_no_code_is_not_repeated(client, db):
    response = client.get(f"{URL}<script>alert/")

    assert response.status_code == 404
    assert "alert" not in text_of(response)


@pytest.mark.parametrize(
    "typed",
    ["{0}-{1}-{2}", "{0}{1}{2}", " {0} {1} {2} ", "{0}－{1}－{2}", "{0}—{1}—{2}"],
)
def test_codes_are_read_as_people_type_them(client, paper, typed):
    parts = codes.grouped(paper.verify_code).lower().split("-")
    response = client.get(URL, {"code": typed.format(*parts)})

    assert response.url == f"{URL}{paper.verify_code}/"


def test_full_width_characters_are_read(client, paper):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in paper.verify_code)

    assert client.get(URL, {"code": wide}).url == f"{URL}{paper.verify_code}/"


def test_the_address_too_is_read_as_people_type_it(client, paper):
    assert client.get(f"{URL}{codes.grouped(paper.verify_code).lower()}/").status_code == 200


@pytest.mark.parametrize("typed,message", [("", "请输入核验码"), ("7KQ4", "12位"), ("0000-1111-OOOO", "12位")])
def test_a_misread_code_is_told_beside_the_field(client, db, typed, message):
    response = client.get(URL, {"code": typed})
    page = page_of(response)
    field = page.find("input", id="code")

    assert response.status_code == 422
    assert message in page.find(id="code-error").get_text()
    assert "code-error" in field["aria-describedby"]
    assert field["value"] == typed
    assert page.select_one(".govuk-error-summary a")["href"] == "#code"


def test_the_form_stands_alone_at_first(client, db):
    response = client.get(URL)

    assert response.status_code == 200
    assert page_of(response).find(id="code-error") is None


@pytest.mark.parametrize("address", [URL, f"{URL}222233334444/"])
def test_pages_stay_out_of_search_engines_and_caches(client, db, address):
    response = client.get(address)

    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]
    assert page_of(response).find("meta", attrs={"name": "robots"})["content"].startswith("noindex")


def test_too_many_look_ups_are_stopped(client, paper):
    answers = [client.get(f"{URL}{paper.verify_code}/").status_code for _turn in range(LOOK_UPS_A_MINUTE + 1)]

    assert answers[:-1] == [200] * LOOK_UPS_A_MINUTE
    assert answers[-1] == 429


def test_the_stop_says_what_to_do_and_ends_after_a_minute(client, paper, clock):
    for _turn in range(LOOK_UPS_A_MINUTE):
        client.get(f"{URL}{paper.verify_code}/")
    assert "过一分钟" in text_of(client.get(f"{URL}{paper.verify_code}/"))
    clock.shift(60)

    assert client.get(f"{URL}{paper.verify_code}/").status_code == 200


def test_one_visitors_stop_is_not_anothers(client, paper):
    for _turn in range(LOOK_UPS_A_MINUTE + 1):
        client.get(f"{URL}{paper.verify_code}/", REMOTE_ADDR="203.0.113.1")

    assert client.get(f"{URL}{paper.verify_code}/", REMOTE_ADDR="203.0.113.2").status_code == 200


def test_behind_the_proxy_visitors_are_told_apart(client, paper, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"X-Forwarded-For": "198.51.100.9, 203.0.113.1"}
    for _turn in range(LOOK_UPS_A_MINUTE + 1):
        last = client.get(f"{URL}{paper.verify_code}/", headers=headers)

    assert last.status_code == 429
    assert client.get(f"{URL}{paper.verify_code}/", headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 200


def test_a_forged_header_does_not_help_without_a_proxy(client, paper):
    for turn in range(LOOK_UPS_A_MINUTE + 1):
        last = client.get(f"{URL}{paper.verify_code}/", headers={"X-Forwarded-For": f"203.0.113.{turn}"})

    assert last.status_code == 429


def test_verification_writes_nothing(client, paper, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(f"{URL}{paper.verify_code}/")


def test_codes_have_no_look_alikes():
    drawn = {codes.new_code() for _turn in range(200)}

    assert len(drawn) == 200
    assert all(codes.is_code(code) for code in drawn)
    assert not set("01IO") & set("".join(drawn))


def test_a_corrected_paper_stays_in_force_and_names_what_corrected_it(client, paper, issued):
    slip = issued("corrigendum", corrects=paper)
    text = text_of(client.get(f"{URL}{paper.verify_code}/"))

    assert "笔误已经由后来的文书更正" in text
    assert slip.number in text
