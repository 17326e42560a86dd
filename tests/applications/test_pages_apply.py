"""What can be applied for and where; beginning an application."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from schemes.models import PolicyDocument, SchemeVersion
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.applications.policy_drafts import newer_version, without_study_mode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GUIDE = "/apply/grad-jobseeking/"
MENGZI, YANSHAN = "532503", "532622"


def begun():
    return Application.objects.filter(version=0)


def test_the_front_page_leads_to_what_there_is_for_each_and_counts_it():
    page = text_of(Client().get("/"))
    shown = sum(int(count) for count in re.findall(r"(\d+) 项<", page))
    assert shown == SchemeVersion.objects.values("scheme").distinct().count()
    assert "/apply/?who=household" in page


def test_every_scheme_stands_on_the_apply_page_with_counties_of_honghe_first():
    page = text_of(Client().get("/apply/"))
    assert "低保渐退期" in page
    assert page.index("蒙自市") < page.index("砚山县")


def test_an_open_county_says_what_can_be_applied_for():
    page = text_of(Client().get(f"/apply/?division={MENGZI}"))
    can_be_applied_for = page[page.index('<h2 class="govuk-heading-l" id="apply"') : page.index('id="elsewhere"')]
    assert f"{GUIDE}?division={MENGZI}" in can_be_applied_for


def test_a_plan_that_ran_out_and_a_scheme_without_clause_name_the_office_to_ask():
    page = text_of(Client().get(f"/apply/?division={YANSHAN}"))
    assert "计划已到期" in page
    assert "2024年12月31日" in page
    assert "本系统尚未收录当地依据" in page
    assert "请向当地民政局（福利彩票）或教育体育局（体育彩票）咨询" in page


@pytest.mark.parametrize("division", ["", "999999", "532500", "x" * 50, "\x00", "٣"])
def test_an_unknown_county_shows_the_page_without_one(division):
    assert Client().get("/apply/", {"division": division}).status_code == 200


def test_the_guide_of_a_place_leaves_out_what_is_not_asked_there():
    somewhere, mengzi = text_of(Client().get(GUIDE)), text_of(Client().get(GUIDE, {"division": MENGZI}))
    for not_asked in ("<li>已签订劳动合同</li>", "<li>劳动合同", "个别条件只在部分地方适用"):
        assert not_asked in somewhere
        assert not_asked not in mengzi


def test_the_front_page_leads_officials_to_their_own_room_and_applicants_to_applying():
    assert "进入“待办”" in text_of(sign_in("county-reviewer").get("/"))
    applicant = text_of(sign_in("applicant").get("/"))
    assert "进入“" not in applicant
    assert "我要办事" in applicant


def test_the_guide_tells_who_what_papers_steps_and_amounts_with_their_clause():
    page = text_of(Client().get(GUIDE, {"division": MENGZI}))
    assert "全日制学习" in page
    assert "残疾人证照片" in page
    assert "学校核对材料：<strong>5个工作日</strong>" in page
    assert "1,000.00 元" in page
    assert "红政办发〔2025〕47号 五(一)" in page
    assert "示例值" in page
    assert "落实残疾人应届高校毕业生一次性求职补贴政策" in page


def test_the_guide_of_the_phase_out_counts_natural_days():
    assert "7天（含节假日）" in text_of(Client().get("/apply/dibao-phase-out/"))


def test_an_unknown_scheme_is_not_found():
    assert Client().get("/apply/no-such-thing/").status_code == 404


def test_the_guide_speaks_english():
    page = text_of(Client(headers={"accept-language": "en"}).get(GUIDE, {"division": MENGZI}))
    assert "One-off job-seeking grant" in page


def test_beginning_needs_signing_in_and_leads_back_to_the_guide():
    response = Client().post(f"{GUIDE}?division={MENGZI}", {"for_whom": "own"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=")
    assert "grad-jobseeking" in response.headers["Location"]
    assert not begun().exists()


def test_beginning_for_oneself_opens_the_first_page():
    response = sign_in().post(GUIDE, {"for_whom": "own"}, follow=True)
    draft = begun().get()
    assert (draft.for_other, draft.filed_by.username) == (False, "applicant")
    assert response.redirect_chain[-1][0] == f"/applications/{draft.public_id}/edit/name/"


def test_beginning_for_somebody_else_is_recorded():
    sign_in("helper").post(GUIDE, {"for_whom": "other"})
    assert begun().get().for_other is True


def test_pressing_start_twice_makes_one_draft():
    client = sign_in()
    client.post(GUIDE, {"for_whom": "own"})
    client.post(GUIDE, {"for_whom": "own"})
    assert begun().count() == 1


def test_who_starts_after_a_new_version_starts_under_it():
    client = sign_in()
    client.post(GUIDE, {"for_whom": "own"})
    newer = newer_version(without_study_mode)
    client.post(GUIDE, {"for_whom": "own"})
    assert [draft.scheme_version for draft in begun().order_by("pk")][1:] == [newer]


def test_start_asks_for_whom():
    response = sign_in().post(GUIDE, {})
    assert response.status_code == 422
    assert "请选择为谁申请" in text_of(response)


def test_start_is_not_offered_and_not_done_where_nothing_is_in_force():
    client = sign_in()
    assert "开始填写" not in text_of(client.get(GUIDE, {"division": YANSHAN}))
    assert client.post(f"{GUIDE}?division={YANSHAN}", {"for_whom": "own"}).status_code == 409
    assert not begun().exists()


def test_how_one_fills_in_a_form_is_told_only_where_one_can_start():
    saved = "每填一页就保存一页"
    assert saved in text_of(Client().get(GUIDE, {"division": MENGZI}))
    assert saved not in text_of(Client().get(GUIDE, {"division": YANSHAN}))


def test_example_values_are_explained_only_where_there_is_one():
    told = "标着“示例值”的"
    assert told in text_of(Client().get(GUIDE, {"division": MENGZI}))
    assert told not in text_of(Client().get("/apply/tobacco-spacing/", {"division": MENGZI}))


def test_a_production_site_does_not_open_on_values_no_document_states(settings):
    settings.DEMO = False
    page = text_of(Client().get(f"/apply/?division={MENGZI}"))
    assert page.count("暂未开通网上申请") >= 3


def test_a_draft_that_waits_is_offered_on_the_guide():
    world.grant()
    assert "您有没填完的申请" in text_of(sign_in().get(GUIDE))
    assert "您有没填完的申请" not in text_of(sign_in("applicant2").get(GUIDE))


def test_showing_these_pages_writes_nothing():
    with CaptureQueriesContext(connection) as queries:
        for address in ("/", "/apply/", f"/apply/?division={MENGZI}", f"{GUIDE}?division={MENGZI}"):
            Client().get(address)
    assert all(query["sql"].startswith("SELECT") for query in queries), queries.captured_queries


def test_the_number_of_queries_does_not_grow_with_the_documents(django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        Client().get(f"/apply/?division={MENGZI}")
    assert PolicyDocument.objects.count() >= 2
