"""Public notices: read and objected to by anybody, and nothing on them that tells of disability."""

from datetime import timedelta

import pytest

from approvals.models import Objection, PublicNotice
from people.models import Office
from tests import world
from tests.approvals.desk import address, form_of, sign_in, text_of

pytestmark = pytest.mark.django_db


def noticed(clock, n=0):
    """A grant on public notice, now."""
    case = world.grant(n).submit().say("accept")
    if case.item_kind() == "review":
        case.say("agree")
    clock.move_to(case.later(1))
    return case, PublicNotice.objects.get(application=case.application)


def object_to(client, notice, **said):
    return client.post(f"/notices/{notice.pk}/", {"text": "他已经在外地工作。", "contact": "王某 13800000000", **said})


def test_anybody_reads_masked_names_places_amounts_and_days(client, clock):
    case, notice = noticed(clock)
    page = text_of(client.get("/notices/"))
    assert notice.masked_name in page
    assert case.application.subject.name not in page
    for words in ("一次性求职补贴", notice.place, "1,000.00", f"{notice.ends_at.astimezone():%Y-%m-%d}"):
        assert words in page


def test_nothing_on_a_notice_tells_of_disability(client, clock):
    _case, notice = noticed(clock)
    for page in ("/notices/", f"/notices/{notice.pk}/"):
        body = text_of(client.get(page))
        main = body[body.index("<main") : body.index("</main>")]
        assert "残疾" not in main


def test_search_engines_are_told_to_keep_nothing(client, clock):
    _case, notice = noticed(clock)
    for page in ("/notices/", f"/notices/{notice.pk}/"):
        answer = client.get(page)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in text_of(answer)


def test_a_notice_that_is_over_is_public_no_longer(client, clock):
    case, notice = noticed(clock)
    clock.move_to(notice.ends_at + timedelta(minutes=1))
    assert notice.masked_name not in text_of(client.get("/notices/"))
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    answer = object_to(client, notice)
    assert answer.status_code == 409
    assert "公示期已经结束" in text_of(answer)
    assert case.application.subject.name not in text_of(answer)


def test_a_notice_nobody_ever_made_is_not_found(client, db):
    assert client.get("/notices/99999999/").status_code == 404
    assert client.post("/notices/99999999/", {"text": "x"}).status_code == 404


def test_an_objection_reaches_a_reviewer_who_answers_it(client, clock):
    case, notice = noticed(clock)
    assert object_to(client, notice).status_code == 302
    objection = Objection.objects.get()
    assert "外地" not in str(bytes(objection.text))
    reviewer = sign_in("prefecture-reviewer")
    assert case.application.number in text_of(reviewer.get("/inbox/"))
    page = text_of(reviewer.get(address(case)))
    for words in ("他已经在外地工作。", "王某 13800000000", "异议成立", "异议不成立"):
        assert words in page
    answer = reviewer.post(address(case), form_of(case, outcome="dismiss", text="经核实，情况不属实。"))
    assert answer.status_code == 302
    assert Objection.objects.get().result == "dismissed"
    assert case.application.state == "noticed"


def test_an_upheld_objection_takes_the_notice_down(client, clock):
    case, notice = noticed(clock)
    object_to(client, notice)
    sign_in("prefecture-reviewer").post(address(case), form_of(case, outcome="uphold", text="情况属实。"))
    assert case.application.state == "in_review"
    assert client.get(f"/notices/{notice.pk}/").status_code == 404


def test_an_objection_without_words_keeps_what_was_typed(client, clock):
    _case, notice = noticed(clock)
    answer = object_to(client, notice, text=" ")
    assert answer.status_code == 422
    assert "请写明异议内容。" in text_of(answer)
    assert "王某 13800000000" in text_of(answer)
    assert not Objection.objects.exists()


def test_one_address_objects_a_few_times_an_hour(client, clock):
    _case, notice = noticed(clock)
    answers = [object_to(client, notice).status_code for _again in range(6)]
    assert answers == [302] * 5 + [429]
    assert Objection.objects.count() == 5


def test_notices_are_paged_and_can_be_narrowed_to_an_authority(client, clock, monkeypatch):
    monkeypatch.setattr("approvals.notices_list.PAGE_SIZE", 1)
    _case, first = noticed(clock, 0)
    second_case = world.grant(1).submit().say("accept")
    second = PublicNotice.objects.get(application=second_case.application)
    clock.move_to(max(first.starts_at, second.starts_at) + timedelta(hours=1))
    page = text_of(client.get("/notices/"))
    assert f"/notices/{second.pk}/" in page
    assert f"/notices/{first.pk}/" not in page
    older = text_of(client.get(f"/notices/?below={second.pk}"))
    assert f"/notices/{first.pk}/" in older
    assert f"above={first.pk}" in older
    assert f"/notices/{second.pk}/" in text_of(client.get(f"/notices/?above={first.pk}"))
    other = Office.objects.get(division_id="532502", function="hrss")
    assert "现在没有正在公示的名单。" in text_of(client.get(f"/notices/?office={other.pk}&below=x"))
