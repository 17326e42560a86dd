"""The audit pages: within the auditor's division, and every look on record."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from approvals.complaints import filing
from approvals.complaints.filing import Complained
from approvals.notes import notes
from audit import chain, triggers
from audit.anchors import anchor_heads
from audit.models import Anchor, Event
from payouts import batching
from people.models import Office
from people.posts import appoint, dismiss
from tests import world

pytestmark = pytest.mark.usefixtures("peopled")
KAIYUAN = "532502"


def signed_in(name):
    client = Client()
    client.force_login(world.user(name))
    return client


@pytest.fixture
def auditor():
    return signed_in("auditor")


@pytest.fixture
def county_auditor():
    """An auditor of another county than the case's."""
    user = world.user("applicant2")
    appoint(user, Office.objects.get(division_id=KAIYUAN, function="government"), "auditor", date(2026, 1, 1))
    return signed_in("applicant2")


@pytest.fixture
def case():
    return world.grant().submit().say("accept")


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text(response, status=200):
    return soup(response, status).main.get_text(" ", strip=True)


def rows(response):
    body = soup(response).tbody
    return [row.get_text(" ", strip=True) for row in body.find_all("tr")] if body else []


def trail(case):
    return f"/audit/case/{case.public_id}/"


def last_event(name="auditor"):
    return Event.objects.filter(stream=f"reader:{name}").latest("seq")


def test_visitors_are_asked_to_sign_in(client):
    assert client.get("/audit/").headers["Location"].startswith("/accounts/login/")


OTHERS = ["applicant", "county-reviewer", "prefecture-approver", "finance-checker", "policy-publisher", "admin"]


@pytest.mark.parametrize("name", OTHERS)
def test_audit_does_not_exist_for_others(name, case):
    client = signed_in(name)
    for address in ("/audit/", "/audit/anchors/", trail(case)):
        assert client.get(address).status_code == 404
    assert client.post("/audit/verify/", {"stream": f"case:{case.public_id}"}).status_code == 404


def test_events_are_listed_newest_first_in_words(case, auditor):
    found = rows(auditor.get("/audit/"))
    assert "状态：已受理" in found[0]
    assert "提交申请" in found[1]
    assert "开始填写申请" in found[2]
    assert case.application.number in found[0]


def test_looking_is_itself_on_record_before_the_page_is_sent(case, auditor):
    auditor.get("/audit/?q=x")
    event = last_event()
    assert (event.action, event.data) == ("audit.read", {"count": 0, "filters": ["q"]})


def test_a_look_at_a_trail_is_on_record_with_its_case(case, auditor):
    auditor.get(trail(case))
    event = last_event()
    assert (event.action, event.subject) == ("trail.read", case.public_id)


@pytest.mark.parametrize("address", ["/audit/", "trail"])
def test_no_record_no_page(address, case, auditor, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr("audit.chain.record_read", broken)
    with pytest.raises(RuntimeError, match="no record"):
        auditor.get(trail(case) if address == "trail" else address)


@pytest.mark.parametrize("field", ["number", "public_id"])
def test_a_case_is_found_by_either_of_its_numbers(field, case, auditor):
    world.grant(5).submit()
    found = rows(auditor.get("/audit/", {"q": getattr(case.application, field)}))
    assert len(found) == 3
    assert all(case.application.number in row for row in found)


def test_the_case_of_letters_in_a_number_does_not_matter(case, auditor):
    assert len(rows(auditor.get("/audit/", {"q": case.application.number.lower()}))) == 3


@pytest.mark.parametrize("actor", ["school", "学校经办人"])
def test_events_are_found_by_account_and_by_name(actor, case, auditor):
    assert all("学校经办人" in row for row in rows(auditor.get("/audit/", {"actor": actor})))


def test_events_are_found_by_action(case, auditor):
    found = rows(auditor.get("/audit/", {"action": "official.accept"}))
    assert len(found) == 1
    assert "受理" in found[0]


def test_events_are_found_by_the_beijing_day_they_happened_on(case, auditor):
    day = Event.objects.get(action="draft.begun").at
    query = {"on_year": day.year, "on_month": day.month, "on_day": day.day}
    assert any("开始填写申请" in row for row in rows(auditor.get("/audit/", query)))
    before = day - timedelta(days=1)
    query = {"on_year": before.year, "on_month": before.month, "on_day": before.day}
    assert rows(auditor.get("/audit/", query)) == []


def test_a_day_that_is_none_is_said_to_be_none(auditor):
    found = soup(auditor.get("/audit/?on_year=2026&on_month=13&on_day=1"))
    assert found.find(class_="govuk-error-summary").a["href"] == "#id_on_1"


def test_events_go_by_pages_and_keep_the_filter(case, auditor, monkeypatch):
    monkeypatch.setattr("project.views.audit.EVENTS_A_PAGE", 2)
    query = {"q": case.application.number}
    first = soup(auditor.get("/audit/", query))
    assert len(first.tbody.find_all("tr")) == 2
    second = auditor.get("/audit/" + first.find("a", attrs={"rel": "next"})["href"])
    assert len(rows(second)) == 1
    assert soup(second).find("a", attrs={"rel": "next"}) is None


def test_an_auditor_of_another_county_finds_nothing(case, county_auditor):
    assert rows(county_auditor.get("/audit/", {"q": case.application.number})) == []
    assert case.application.number not in text(county_auditor.get("/audit/"))
    assert county_auditor.get(trail(case)).status_code == 404
    answer = county_auditor.post("/audit/verify/", {"stream": f"case:{case.public_id}"})
    assert answer.status_code == 404


def test_an_auditor_of_another_county_does_not_see_who_looked_at_the_case(case, county_auditor):
    chain.record_read("prefecture-reviewer", "case.read", subject=case.public_id)
    assert not any("查看申请" in row for row in rows(county_auditor.get("/audit/")))


def test_a_draft_that_is_placed_nowhere_is_nobody_s(county_auditor, auditor):
    case = world.grant()
    case.application.__class__.objects.filter(public_id=case.public_id).update(division=None)
    assert auditor.get(trail(case)).status_code == 404


def test_an_auditor_whose_post_ended_is_out(case):
    dismiss(world.user("auditor").posts.get(), date(2026, 1, 2))
    assert signed_in("auditor").get("/audit/").status_code == 404


def test_the_trail_shows_the_chain_from_its_beginning(case, auditor):
    found = rows(auditor.get(trail(case)))
    assert [row.split()[0] for row in found] == ["1", "2", "3"]
    assert "状态：已受理" in found[2]
    assert Event.objects.get(action="official.accept").hash[:16] in found[2]


def test_the_trail_shows_who_looked_at_the_case(case, auditor):
    chain.record_read("prefecture-reviewer", "case.read", subject=case.public_id)
    assert "州级审核岗·杨" in soup(auditor.get(trail(case))).find_all("tbody")[-1].text


@pytest.mark.parametrize(
    "address", ["/audit/case/nonesuch/", "/audit/batch/PC1/", "/audit/nothing/x/", "/audit/policy/x/"]
)
def test_what_does_not_exist_is_not_found(address, auditor):
    assert auditor.get(address).status_code == 404


def verified(client, stream):
    return text(client.post("/audit/verify/", {"stream": stream}, follow=True))


def test_a_whole_trail_is_verified_on_demand(case, auditor):
    shown = verified(auditor, f"case:{case.public_id}")
    assert "校验通过：3条记录前后衔接" in shown
    assert "上次校验" in shown
    event = Event.objects.get(action="trail.verified")
    assert event.data == {"stream": f"case:{case.public_id}", "events": 3, "fault": ""}


def test_verification_is_no_get(auditor):
    assert auditor.get("/audit/verify/").status_code == 405


def test_a_changed_event_is_named_in_words(case, auditor):
    with triggers.lifted():
        Event.objects.filter(action="application.submitted").update(actor="somebody")
    shown = verified(auditor, f"case:{case.public_id}")
    assert "校验没有通过：第2条记录的内容被改动过。" in shown
    assert "没有通过" in text(auditor.get(trail(case)))


def test_a_cut_trail_is_found(case, auditor):
    with triggers.lifted():
        Event.objects.filter(action="official.accept").delete()
    assert "末尾的记录被删去" in verified(auditor, f"case:{case.public_id}")


@pytest.mark.parametrize("stream", ["", "case:", "anchors", "reader:nobody", "case:x'--"])
def test_a_stream_nobody_knows_is_not_verified(stream, auditor):
    assert auditor.post("/audit/verify/", {"stream": stream}).status_code == 404


def test_the_policy_trail_is_open_to_every_auditor(county_auditor):
    assert "导入政策目录" in text(county_auditor.get("/audit/policy/policy/"))
    assert "校验通过" in verified(county_auditor, "policy")


def test_a_batch_has_a_trail(auditor):
    case = world.granted()
    batch = batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", case.later())
    shown = text(auditor.get(f"/audit/batch/{batch.number}/"))
    assert "编制批次" in shown
    assert "1笔，1000.00元" in shown


def test_what_an_official_looked_at_is_a_trail_without_other_divisions_numbers(case, county_auditor):
    chain.record_read("other-county", "case.read", subject=case.public_id)
    shown = text(county_auditor.get("/audit/reader/other-county/"))
    assert "不在您的审计范围" in shown
    assert case.application.number not in shown
    assert case.public_id not in shown


def test_a_reader_of_another_division_is_not_found(county_auditor):
    assert county_auditor.get("/audit/reader/county-clerk/").status_code == 404


def test_anchors_are_listed_with_their_hashes_and_no_stream(case, auditor):
    waiting = "还有"
    assert waiting in text(auditor.get("/audit/anchors/"))
    anchor_heads(case.at)
    shown = text(auditor.get("/audit/anchors/"))
    assert Anchor.objects.latest("seq").hash in shown
    assert case.public_id not in shown


def test_an_action_without_a_name_is_shown_with_its_code(case, auditor):
    chain.append(f"case:{case.public_id}", "brand.new", actor="x", at=case.at, subject=case.public_id)
    assert "其他记录（brand.new）" in text(auditor.get(trail(case)))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_stand_in_both_languages(language, case, auditor, settings):
    auditor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in ("/audit/", trail(case), "/audit/anchors/"):
        assert len(soup(auditor.get(address)).find_all("h1")) == 1


def test_the_list_asks_few_questions_however_many_events(case, auditor, django_assert_max_num_queries):
    for n in (5, 8):
        world.grant(n).submit()
    with django_assert_max_num_queries(25):
        auditor.get("/audit/")


def test_the_story_of_a_case_tells_opinions_word_for_word_and_who_looked(case, auditor):
    case.say("agree", text="学籍与毕业证一致。") if case.item_kind() == "review" else None
    signed_in("school").get(f"/inbox/{case.public_id}/")
    told = text(auditor.get(f"/audit/story/{case.public_id}/"))
    assert "受理" in told
    assert case.application.number in told
    assert "学校经办人" in told.split("谁看过")[1]
    assert last_event().action == "story.read"


def test_the_story_is_closed_to_an_auditor_of_another_county(case, county_auditor):
    assert county_auditor.get(f"/audit/story/{case.public_id}/").status_code == 404


@pytest.mark.parametrize("name", ["county-reviewer", "admin", "applicant", "policy-publisher"])
def test_the_story_is_the_auditor_s_alone(name, case):
    assert signed_in(name).get(f"/audit/story/{case.public_id}/").status_code == 404


def test_the_story_tells_the_auditor_of_complaints_and_notes(case, auditor):
    at = case.later()
    filing.complain(case.user, case.public_id, Complained("service", "等了一个月没有人回话。"), at)
    notes.add(world.user("county-reviewer"), case.public_id, "电话核实过学籍。", case.later())
    told = text(auditor.get(f"/audit/story/{case.public_id}/"))
    assert "等了一个月没有人回话。" in told
    assert "电话核实过学籍。" in told
