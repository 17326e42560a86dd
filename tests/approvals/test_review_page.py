"""The review page: who reads it, what it shows, what it keeps to itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.models import Application
from people.models import Kinship, Office, User
from people.posts import appoint
from tests import world
from tests.approvals.desk import address, events, sign_in, tables_written, text_of

pytestmark = pytest.mark.django_db
CLERK = "county-clerk"


def colleague(name, role, function="civil_affairs", division="532503"):
    user = User.objects.create(username=name, full_name=f"同事{name}")
    appoint(user, Office.objects.get(division_id=division, function=function), role, world.START.date())
    return user


def test_an_official_reads_the_case_they_have_to_decide():
    case = world.waiver().submit()
    page = text_of(sign_in(CLERK).get(address(case)))
    for words in (
        case.application.number,
        case.application.subject.name,
        "办理：县级受理",
        "人民路1号",
        "10,000.00 元",
    ):
        assert words in page


@pytest.mark.parametrize("path", ["", "unmask/", "claim/", "release/"])
def test_another_county_is_told_neither_name_nor_state(path):
    case = world.waiver().submit()
    client = sign_in("other-county")
    answer = client.post(address(case) + path) if path else client.get(address(case))
    assert answer.status_code == 404
    assert case.application.subject.name not in text_of(answer)
    assert case.application.number not in text_of(answer)


@pytest.mark.parametrize("name", ["applicant", "finance-maker", "auditor"])
def test_whoever_deals_with_no_cases_finds_no_page(name):
    case = world.waiver().submit()
    assert sign_in(name).get(address(case)).status_code == 404


def test_numbers_are_hidden_and_the_certificate_still_tells_its_kind():
    case = world.grant(0).submit()
    answers = case_answers(case)
    page = text_of(sign_in("school").get(address(case)))
    for name in ("id_number", "disability_certificate", "account", "phone"):
        assert answers[name] not in page.replace(" ", "")
    assert answers["id_number"][-4:] in page
    assert "残疾 " in page


def case_answers(case):
    from applications import answers

    return answers.read(Application.objects.select_related("data_key").get(public_id=case.public_id))


def test_every_line_stands_beside_the_clause_it_rests_on():
    case = world.grant(0).submit()
    page = text_of(sign_in("school").get(address(case)))
    assert "全日制学习" in page
    assert "红政办发〔2025〕47号" in page
    assert "落实残疾人应届高校毕业生一次性求职补贴政策" in page


def test_assumed_values_are_marked_as_examples():
    page = text_of(sign_in("school").get(address(world.grant(0).submit())))
    assert "用到示例值" in page
    assert "示例</strong>" in page


def test_reading_is_one_event_before_the_page_and_nothing_else_is_written():
    case = world.waiver().submit()
    client = sign_in(CLERK)
    with CaptureQueriesContext(connection) as queries:
        client.get(address(case))
    assert tables_written(queries) == {"audit_event", "audit_streamhead"}
    [event] = events("case.read")
    assert (event.stream, event.subject, event.data) == (f"reader:{CLERK}", case.public_id, {})


def test_a_colleague_without_the_role_reads_and_cannot_act():
    case = world.waiver().submit()
    colleague("approver-only", "approver")
    page = text_of(sign_in("approver-only").get(address(case)))
    assert "本件现在由蒙自市民政局办理，您只能查看。" in page
    assert "zd-decide" not in page


def test_what_a_colleague_took_is_theirs():
    case = world.waiver().submit().claim()
    colleague("second-clerk", "clerk")
    page = text_of(sign_in("second-clerk").get(address(case)))
    assert "此件已由市级受理岗·白签收" in page
    assert "zd-decide" not in page


def test_a_relative_reads_why_they_must_not_act():
    user = world.user(CLERK)
    earlier = world.waiver().submit()
    Kinship.objects.create(user=user, relative=earlier.application.subject, relation="兄弟")
    actions.withdraw(earlier.user, earlier.public_id, earlier.later())
    case = world.waiver().submit()
    page = text_of(sign_in(CLERK).get(address(case)))
    assert "应当回避" in page
    assert "zd-decide" not in page


def test_whoever_acted_at_another_stage_reads_why_they_must_not_act_again():
    case = world.waiver().submit().say("accept").say("agree")
    office = Office.objects.get(division_id="532503", function="civil_affairs")
    appoint(world.user(CLERK), office, "reviewer", world.START.date())
    page = text_of(sign_in(CLERK).get(address(case)))
    assert "您已在本案的另一环节办理过" in page
    assert "zd-decide" not in page


def test_while_the_applicant_corrects_nobody_acts():
    case = world.waiver().submit().say("correction", points=(("paper", "id-copy", "请补充。"),))
    page = text_of(sign_in(CLERK).get(address(case)))
    assert "正在等待申请人补正" in page
    assert "zd-decide" not in page


def test_a_correction_shows_what_was_asked_and_what_changed():
    case = world.waiver().submit().say("correction", points=(("question", "outlet_address", "请写门牌号。"),))
    actions.save_answers(case.user, case.public_id, {"outlet_address": "建设路88号"}, case.later())
    case.resubmit()
    page = text_of(sign_in(CLERK).get(address(case)))
    for words in ("第2轮", "请写门牌号。", "人民路1号", "建设路88号", "本轮有改动"):
        assert words in page


def test_the_history_tells_who_said_what_and_which_paper_came_of_it():
    case = world.waiver().submit().say("accept")
    page = text_of(sign_in(CLERK).get(address(case)))
    for words in ("县级受理：受理", "市级受理岗·白 · 蒙自市民政局", "材料齐全，予以受理。", "受理通知书"):
        assert words in page
    assert "本件现在由蒙自市残疾人联合会办理" in page


def test_a_case_that_cannot_be_opened_says_so_and_cannot_be_decided():
    case = world.waiver().submit()
    Application.objects.filter(public_id=case.public_id).update(answers=b"\x01broken")
    answer = sign_in(CLERK).get(address(case))
    assert answer.status_code == 200
    assert "无法解密" in text_of(answer)
    assert "zd-decide" not in text_of(answer)


def test_the_way_to_the_neighbours_keeps_the_filters():
    first, second, third = (world.waiver(2 * n).submit() for n in range(3))
    query = "?scheme=lottery-deposit-waiver"
    page = text_of(sign_in(CLERK).get(address(second, query)))
    assert f'href="{address(first, query)}" rel="prev"' in page
    assert f'href="{address(third, query)}" rel="next"' in page
    assert f'href="/inbox/{query}"' in page


def test_a_decided_case_is_read_only(monkeypatch):
    case = world.granted()
    page = text_of(sign_in("prefecture-approver").get(address(case)))
    assert "本件已经办结，只能查看。" in page
    answer = sign_in("prefecture-approver").post(address(case), {"outcome": "grant", "item": "0"})
    assert answer.status_code == 409


def test_the_number_of_queries_of_a_review_is_bounded():
    case = world.waiver().submit().say("accept").say("agree").say("agree")
    client = sign_in("prefecture-approver")
    client.get(address(case))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(case))
    assert len(queries) <= 77
