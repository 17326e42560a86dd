"""Deciding on the review page: forms as browsers send them, errors in place, conflicts that name who was first."""

import pytest
from django.utils import timezone

from applications import answers as answers_of
from applications.models import Application
from approvals import decide
from approvals.models import Opinion
from people.models import Office, User
from people.posts import appoint
from project.demo import answers
from tests import world
from tests.approvals.desk import address, form_of, sign_in, text_of

pytestmark = pytest.mark.django_db
CLERK, APPROVER, TOWNSHIP = "county-clerk", "prefecture-approver", "township"


def waiver_to_decide():
    return world.waiver().submit().say("accept").say("agree").say("agree")


def second_approver():
    user = User.objects.create(username="second-approver", full_name="审批乙")
    appoint(user, Office.objects.get(division_id="532500", function="civil_affairs"), "approver", world.START.date())
    return user


def determination(**changes):
    entered = {
        "entry_determined_on_year": "2026",
        "entry_determined_on_month": "9",
        "entry_determined_on_day": "7",
        "entry_property_ok": "yes",
        "entry_benefit_monthly": "626.00",
        "entry_supplement_monthly": "104",
    }
    return entered | changes


def entered_in(case):
    return answers_of.read(Application.objects.select_related("data_key").get(public_id=case.public_id))


def test_a_decision_leads_to_the_next_case_of_the_same_list():
    first, second = world.waiver(0).submit(), world.waiver(2).submit()
    query = "?scheme=lottery-deposit-waiver"
    answer = sign_in(CLERK).post(
        address(first, query), form_of(first, outcome="accept", text="材料齐全。"), follow=True
    )
    assert answer.redirect_chain == [(address(second, query), 302)]
    assert f"已办理 {first.application.number}：受理。" in text_of(answer)
    assert first.application.state == "accepted"


def test_after_the_last_case_the_list_is_shown():
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case), form_of(case, outcome="accept"))
    assert answer.headers["Location"] == "/inbox/"


def test_an_outcome_must_be_chosen_and_what_was_typed_stays():
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case), form_of(case, text="先写好的意见。"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "请选择办理结果。" in page
    assert "先写好的意见。" in page
    assert 'href="#id_outcome_0"' in page
    assert case.application.state == "submitted"


def test_not_accepting_needs_a_reason():
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case), form_of(case, outcome="not_accept"))
    assert answer.status_code == 422
    assert "请写明理由。" in text_of(answer)


def test_a_correction_names_each_point_with_what_to_do():
    case = world.waiver().submit()
    said = {"ask_paper_id-copy": "on", "say_paper_id-copy": "请补充反面。", "correction_kind": "incomplete"}
    said |= {"ask_question_phone": "on", "say_question_phone": "号码打不通，请核对。"}
    answer = sign_in(CLERK).post(address(case), form_of(case, outcome="correction", **said))
    assert answer.status_code == 302
    points = case.application.corrections.get().points.values_list("target", "name")
    assert set(points) == {("paper", "id-copy"), ("question", "phone")}


@pytest.mark.parametrize(
    "said, message",
    [
        ({}, "请至少指明一项需要补正的内容。"),
        ({"ask_question_phone": "on"}, "请写明“联系电话”要怎样补正。"),
        ({"say_question_phone": "号码打不通。"}, "您写了“联系电话”要怎样补正，但没有勾选。"),
    ],
)
def test_half_a_correction_is_not_sent_and_not_lost(said, message):
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case), form_of(case, outcome="correction", **said))
    page = text_of(answer)
    assert answer.status_code == 422
    assert message in page
    assert said.get("say_question_phone", "") in page
    assert not case.application.corrections.exists()


def test_reasons_that_fail_are_ticked_beforehand_and_must_be_confirmed():
    case = world.at_decision(study_mode="part_time")
    client = sign_in(APPROVER)
    page = text_of(client.get(address(case)))
    start = page.index('value="study_mode"')
    assert "checked" in page[start : page.index(">", start)]
    answer = client.post(address(case), form_of(case, outcome="refuse", text="非全日制。", reasons=["study_mode"]))
    assert answer.status_code == 422
    assert "请逐条核对理由后勾选。" in text_of(answer)
    confirmed = form_of(case, outcome="refuse", text="非全日制。", reasons=["study_mode"], reasons_checked="on")
    assert client.post(address(case), confirmed).status_code == 302
    assert case.application.state == "refused"


def test_a_refusal_needs_a_reason_of_the_scheme():
    case = waiver_to_decide()
    answer = sign_in(APPROVER).post(address(case), form_of(case, outcome="refuse", text="不符合。"))
    assert answer.status_code == 422
    assert "请至少勾选一条不予批准的理由。" in text_of(answer)


def test_what_the_assessment_denies_is_not_granted_and_the_page_says_why():
    case = world.at_decision(study_mode="part_time")
    answer = sign_in(APPROVER).post(address(case), form_of(case, outcome="grant", text="同意发放。"))
    assert answer.status_code == 422
    assert "测算结果不符合条件，不能批准" in text_of(answer)
    assert "同意发放。" in text_of(answer)


def test_sending_back_needs_a_stage_and_a_reason():
    case = waiver_to_decide()
    client = sign_in(APPROVER)
    answer = client.post(address(case), form_of(case, outcome="send_back"))
    assert answer.status_code == 422
    assert "请选择退回的环节。" in text_of(answer)
    sent = form_of(case, outcome="send_back", target="county_review", text="请核对合同。")
    assert client.post(address(case), sent).status_code == 302
    assert case.item().stage == "county_review"


def test_what_a_stage_asks_of_the_official_is_entered_there():
    case = world.phase_out().submit()
    client = sign_in(TOWNSHIP)
    page = text_of(client.get(address(case)))
    assert "本环节录入" in page
    assert "还不能得出结论" in page
    answer = client.post(address(case), form_of(case, outcome="accept", **determination()))
    assert answer.status_code == 302
    assert entered_in(case)["benefit_monthly"] == "626.00"
    assert entered_in(case)["determined_on"] == "2026-09-07"


def test_an_entry_that_is_missing_is_named_and_the_others_are_kept():
    case = world.phase_out().submit()
    given = determination(entry_benefit_monthly="")
    answer = sign_in(TOWNSHIP).post(address(case), form_of(case, outcome="accept", **given))
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'href="#id_entry_benefit_monthly"' in page
    assert 'value="104"' in page
    assert case.application.state == "submitted"


def test_a_number_outside_the_policy_is_refused_at_its_field():
    case = world.phase_out().submit().say("accept", entries=answers.determination(world.START.date())).end_notice()
    answer = sign_in("county-reviewer").post(address(case), form_of(case, outcome="agree", entry_phase_out_months="99"))
    assert answer.status_code == 422
    assert 'href="#id_entry_phase_out_months"' in text_of(answer)


def test_a_page_that_is_out_of_date_answers_who_acted_last():
    case = waiver_to_decide()
    stale = form_of(case, outcome="grant", text="同意减免，理由写了很久。")
    stale["version"] -= 1
    answer = sign_in(APPROVER).post(address(case), stale)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "市级审核岗·李" in page
    assert "同意减免，理由写了很久。" in page
    assert case.application.state == "in_review"


def test_the_second_decision_is_told_who_was_first_and_when():
    case = waiver_to_decide()
    second_approver()
    late = form_of(case, outcome="refuse", text="不同意。", reasons=["no_evidence"], reasons_checked="on")
    at = case.later()
    decide.act(world.user(APPROVER), case.item().pk, decide.Said("grant", "准予。"), at)
    answer = sign_in("second-approver").post(address(case), late)
    page = text_of(answer)
    assert answer.status_code == 409
    assert f"此件已由州级审批岗·陈于{timezone.localtime(at):%Y-%m-%d %H:%M}办理" in page
    assert case.application.state == "granted"


def test_sending_the_same_form_twice_decides_once():
    case = waiver_to_decide()
    client, form = sign_in(APPROVER), form_of(case, outcome="grant", text="准予。")
    assert client.post(address(case), form).status_code == 302
    assert client.post(address(case), form).status_code == 409
    assert Opinion.objects.filter(application=case.application, outcome="grant").count() == 1


def test_a_form_for_the_item_of_another_case_does_nothing():
    mine, other = world.waiver(0).submit(), world.waiver(2).submit()
    answer = sign_in(CLERK).post(address(mine), form_of(other, outcome="accept"))
    assert answer.status_code == 409
    assert mine.application.state == other.application.state == "submitted"


def test_an_item_is_taken_and_put_back():
    case = world.waiver().submit()
    client = sign_in(CLERK)
    client.post(address(case) + "claim/", {"item": case.item().pk})
    assert case.item().owner == world.user(CLERK)
    assert "您已签收此件。" in text_of(client.get(address(case)))
    client.post(address(case) + "release/", {"item": case.item().pk})
    assert case.item().owner is None


def test_what_a_colleague_took_cannot_be_put_back_or_decided():
    case = waiver_to_decide().claim()
    second_approver()
    client = sign_in("second-approver")
    assert client.post(address(case) + "release/", {"item": case.item().pk}).status_code == 409
    answer = client.post(address(case), form_of(case, outcome="grant"))
    assert answer.status_code == 409
    assert "此件已由州级审批岗·陈签收。" in text_of(answer)


@pytest.mark.parametrize("item", ["", "0", "x", "99999999999999999999999"])
def test_an_item_that_is_none_is_not_taken(item):
    case = world.waiver().submit()
    assert sign_in(CLERK).post(address(case) + "claim/", {"item": item}).status_code == 404
