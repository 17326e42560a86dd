"""A paper in large print and as plain text on the pages, and the wish for one of them."""

import pytest

from applications import receiving
from audit.models import Event
from papers.forms_of_reading import asking, making, wishes
from papers.models import Paper, ReadingWish, Rendition
from tests import world
from tests.applications.pages import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return Paper.objects.get(case_ref=world.granted().public_id, kind="grant")


def address(paper, rest=""):
    return f"/applications/{paper.case_ref}/papers/{paper.pk}/{rest}"


def at_the_office(paper, rest=""):
    return f"/inbox/{paper.case_ref}/papers/{paper.pk}/{rest}"


def test_the_page_offers_large_print_and_plain_text_and_a_get_makes_nothing(paper):
    page = sign_in().get(address(paper)).content.decode()

    assert "生成大字版PDF" in page
    assert address(paper, "text/") in page
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("where,who", [(address, "applicant"), (at_the_office, "county-reviewer")])
def test_large_print_is_queued_by_a_post_and_then_downloaded(paper, where, who):
    client, url = sign_in(who), where(paper, "large/")
    assert client.get(url).headers["Location"] == where(paper)
    assert client.post(url).headers["Location"] == where(paper)
    assert "大字版正在生成" in client.get(where(paper)).content.decode()

    assert making.make_one(Rendition.objects.get().pk)
    assert "下载大字版PDF" in client.get(where(paper)).content.decode()
    response = client.get(url)
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("where,who", [(address, "applicant"), (at_the_office, "county-reviewer")])
def test_the_plain_text_says_number_and_code(paper, where, who):
    response = sign_in(who).get(where(paper, "text/"))
    text = response.content.decode("utf-8-sig")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert paper.number in text
    assert f"核验码：{paper.verify_code[:4]}-" in text


@pytest.mark.parametrize("rest", ["large/", "text/"])
def test_reading_another_form_is_on_record(paper, rest):
    making.make_one(asking.ask(paper, world.START).pk)
    for where, who in ((address, "applicant"), (at_the_office, "county-reviewer")):
        before = Event.objects.count()
        sign_in(who).get(where(paper, rest))
        assert Event.objects.count() > before
    assert receiving.first_opened(paper.case_ref, [paper])


@pytest.mark.parametrize("where,who", [(address, "applicant2"), (at_the_office, "other-county")])
def test_a_stranger_finds_no_form_of_a_paper(paper, where, who):
    client = sign_in(who)

    assert client.get(where(paper, "large/")).status_code == 404
    assert client.post(where(paper, "large/")).status_code == 404
    assert client.get(where(paper, "text/")).status_code == 404
    assert not Rendition.objects.exists()


def test_a_wish_is_kept_shown_to_the_office_and_followed_by_the_next_paper(paper):
    client = sign_in()
    assert client.post(address(paper, "wish/"), {"form": "large"}).headers["Location"] == address(paper)

    assert wishes.wish_of(world.user("applicant")) == "large"
    assert "申请人希望的阅读方式：大字版PDF" in sign_in("county-reviewer").get(at_the_office(paper)).content.decode()
    world.grant(1).submit()
    assert Rendition.objects.get().paper.kind == "receipt"


@pytest.mark.parametrize("form, message", [("", "请选择“以后的文书，您希望怎样阅读？”"), ("braille", "请选择一项")])
def test_an_unknown_wish_is_refused_on_the_page(paper, form, message):
    response = sign_in().post(address(paper, "wish/"), {"form": form})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not ReadingWish.objects.exists()
