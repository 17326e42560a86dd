"""The pages of a grant paid in instalments: the organisation's own, the officials' lists and acts."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from benefits.models import Milestone
from tests import world
from tests.applications.pages import url
from tests.approvals.desk import sign_in, text_of
from tests.benefits import instalments as staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(peopled):
    staged.publish()
    case = staged.granted()
    case.at += timedelta(days=1)
    with time_machine.travel(case.at):
        yield case


def page(case, user=staged.REVIEWER):
    return text_of(sign_in(user).get(reverse("approvals:milestones_of", args=[case.public_id])))


def act(case, name, given=None, user=staged.REVIEWER, place=2):
    address, client = reverse("approvals:milestone_act", args=[case.public_id, place, name]), sign_in(user)
    return client.get(address) if given is None else client.post(address, given)


def listed(case, which, user=staged.REVIEWER):
    found = text_of(sign_in(user).get(reverse("approvals:milestones"), {"list": which}))
    return case.application.number in found


def day(on):
    return {"on_year": on.year, "on_month": on.month, "on_day": on.day}


class TestTheOrganisation:
    """On the page of the case."""

    def test_it_reads_each_instalment_with_its_sum_its_day_and_what_to_show(self, case):
        shown = text_of(sign_in("applicant").get(url(case)))
        due = staged.milestone(case).due_on
        assert "这笔补助分3期拨付" in shown
        assert "第2期：建设、购置验收" in shown
        assert f"应在{due.year}年{due.month}月{due.day}日完成" in shown
        assert "报告第2期完成情况" in shown
        assert "报告第3期完成情况" not in shown

    def test_it_reports_with_a_paper(self, case):
        address = reverse("own:milestone", args=[case.public_id, 2])
        given = {"words": "设备已经安装。", "paper": staged.proof()}
        assert sign_in("applicant").post(address, given).url == url(case)
        assert staged.milestone(case).state == "reported"

    def test_without_a_paper_the_words_stay_in_the_form(self, case):
        address = reverse("own:milestone", args=[case.public_id, 2])
        answered = sign_in("applicant").post(address, {"words": "设备已经安装。"})
        assert answered.status_code == 422
        assert "设备已经安装。" in text_of(answered)
        assert not staged.milestone(case).reports.exists()

    def test_a_day_put_off_and_what_was_not_enough_are_told_with_their_reasons(self, case):
        staged.put_off(case, staged.milestone(case).due_on + timedelta(days=30), reason="雨季停工。")
        staged.report(case)
        staged.checked(case)
        staged.rule(case, met=False, words="缺少验收单。")
        shown = text_of(sign_in("applicant").get(url(case)))
        assert "雨季停工。" in shown
        assert "缺少验收单。" in shown

    def test_another_s_instalment_is_not_there(self, case):
        assert sign_in("applicant2").get(reverse("own:milestone", args=[case.public_id, 2])).status_code == 404

    def test_a_place_without_instalment_is_not_there(self, case):
        assert sign_in("applicant").get(reverse("own:milestone", args=[case.public_id, 9])).status_code == 404


class TestOfficials:
    """The lists and the acts."""

    def test_the_lists_show_where_each_stands(self, case):
        assert listed(case, "open")
        assert not listed(case, "near")
        staged.report(case)
        assert listed(case, "reported")
        staged.checked(case)
        assert not listed(case, "reported")
        assert listed(case, "checked")

    def test_what_is_late_is_on_its_list(self, case):
        Milestone.objects.filter(place=2).update(due_on=case.at.date() - timedelta(days=1))
        assert listed(case, "late")
        assert "逾期没有报告" in page(case)

    def test_an_office_elsewhere_sees_none(self, case):
        assert not listed(case, "open", "other-county")
        answered = sign_in("other-county").get(reverse("approvals:milestones_of", args=[case.public_id]))
        assert answered.status_code == 404

    def test_the_page_shows_the_report_and_its_reading_is_recorded(self, case):
        row = staged.report(case)
        assert "设备已经安装，附验收单。" in page(case)
        address = reverse("approvals:milestone_paper", args=[case.public_id, row.pk])
        answered = sign_in(staged.REVIEWER).get(address)
        assert answered["Content-Disposition"].startswith("attachment")
        assert Event.objects.filter(action="attachment.read", subject=case.public_id).exists()

    def test_a_check_is_planned_made_and_confirmed_page_by_page(self, case):
        staged.report(case)
        on = case.at.date() + timedelta(days=2)
        planned = {"companion": world.user(staged.COLLEAGUE).pk, **day(on)}
        answered = act(case, "check", planned)
        assert answered.status_code == 302, text_of(answered)
        visit = case.application.visits.get()
        assert "分期节点核查" in text_of(sign_in(staged.REVIEWER).get(reverse("approvals:visit", args=[visit.pk])))

    def test_who_went_is_not_offered_to_confirm_and_a_third_is(self, case):
        staged.report(case)
        staged.checked(case)
        assert act(case, "rule").status_code == 404
        assert "这一期是否已经完成？" in text_of(act(case, "rule", user=staged.APPROVER))
        answered = act(case, "rule", {"met": "yes", "words": "属实。"}, user=staged.APPROVER)
        assert answered.status_code == 302
        assert staged.milestone(case).state == "met"

    def test_who_went_and_sends_the_form_nevertheless_reads_why_not(self, case):
        staged.report(case)
        staged.checked(case)
        answered = act(case, "rule", {"met": "yes", "words": "属实。"})
        assert answered.status_code == 403
        assert "须由其他工作人员确认" in text_of(answered)

    def test_an_approver_neither_plans_nor_puts_off(self, case):
        assert act(case, "put-off", user=staged.APPROVER).status_code == 404

    def test_the_review_page_leads_there(self, case):
        found = text_of(sign_in(staged.REVIEWER).get(f"/inbox/{case.public_id}/"))
        assert reverse("approvals:milestones_of", args=[case.public_id]) in found

    def test_a_list_that_is_not_known_is_not_there(self, case):
        assert sign_in(staged.REVIEWER).get(reverse("approvals:milestones"), {"list": "x"}).status_code == 404
