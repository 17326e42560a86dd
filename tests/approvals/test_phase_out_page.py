"""The page of a phase-out: months explained, a change recorded by one official and settled by another."""

from datetime import date

import pytest
import time_machine
from django.template.loader import render_to_string

from approvals.phase_outs import acting
from approvals.scope import visible_cases
from approvals.templatetags.exofficio import case_doors
from audit.models import Event
from benefits.models import ChangeOutcome, HouseholdChange
from people.models import User
from people.refusals import NotFound
from tests import world
from tests.approvals import exofficio
from tests.approvals.desk import sign_in, text_of
from tests.benefits import changed
from tests.journeys.doors import OPEN_TO, SIGNED_IN

pytestmark = pytest.mark.django_db
CHANGE = {
    "kind": "work_lost", "found_by": "family", "words": "家人失业了。", "suspend": "on",
    "happened_on_year": "2026", "happened_on_month": "11", "happened_on_day": "20",
}  # fmt: skip
NOW = changed.at_end_of(date(2026, 11, 20))


@pytest.fixture
def case():
    with time_machine.travel(NOW):
        yield world.phase_out_granted(months=6)


def page(case):
    return f"/inbox/{case.public_id}/phase-out/"


def settled(case, **more):
    """The form as it stands, the worker without work."""
    given = {"property_ok": "on", "here": "on", "words": "已入户核实。", "heard": "没有意见。", "head": ""}
    for place, member in enumerate(changed.jobless(case)):
        given |= {f"member_{place}": "on", f"wage_{place}": "0", f"other_{place}": member["other_monthly_income"]}
    return given | more


def test_the_review_page_leads_there(case):
    assert f'href="{page(case)}"' in text_of(sign_in("county-reviewer").get(f"/inbox/{case.public_id}/"))


def test_every_month_stands_there_and_one_is_explained_on_demand(case):
    shown = text_of(sign_in("county-reviewer").get(page(case) + "?month=2027-01"))
    for words in ("2026-10", "2027-03", "730.00", "原决定", "2027-01的计算依据", "这个月应发<strong>730.00元</strong>"):
        assert words in shown


def test_reading_it_is_recorded(case):
    sign_in("county-reviewer").get(page(case))
    assert Event.objects.filter(action="case.read", subject=case.public_id, actor="county-reviewer").exists()


def test_one_records_a_change_and_another_settles_it(case):
    assert sign_in("county-reviewer").post(page(case), CHANGE).status_code == 302
    assert case.application.phase_out.state == "suspended"
    approver = sign_in("county-approver")
    assert "处理变更" in text_of(approver.get(page(case)))
    response = approver.post(page(case), settled(case))
    assert response.status_code == 302, text_of(response)
    assert ChangeOutcome.objects.get().effect == "reverted"
    assert "恢复正常享受" in text_of(approver.get(page(case)))


def test_what_settling_would_bring_is_shown_before_and_nothing_is_written(case):
    sign_in("county-reviewer").post(page(case), CHANGE)
    approver = sign_in("county-approver")
    response = approver.post(page(case), settled(case, preview="1"))
    assert response.status_code == 200
    shown = text_of(response)
    assert "结果是：<strong>恢复正常享受</strong>" in shown
    assert "现在730.00元，处理后0.00元" in shown
    assert "已入户核实。" in shown
    assert not ChangeOutcome.objects.exists()
    assert case.application.phase_out.state == "suspended"


def test_facts_that_cannot_be_are_told_in_the_preview_too(case):
    sign_in("county-reviewer").post(page(case), CHANGE)
    response = sign_in("county-approver").post(page(case), settled(case, member_0="", member_1="", preview="1"))
    assert response.status_code == 422
    assert not ChangeOutcome.objects.exists()


def test_nothing_typed_is_lost_where_something_is_missing(case):
    response = sign_in("county-reviewer").post(page(case), CHANGE | {"kind": ""})
    assert response.status_code == 422
    assert "家人失业了。" in text_of(response)
    assert not HouseholdChange.objects.exists()


def test_a_household_nobody_is_left_in_is_refused_on_the_page(case):
    sign_in("county-reviewer").post(page(case), CHANGE)
    response = sign_in("county-approver").post(page(case), settled(case, member_0="", member_1=""))
    assert response.status_code == 422
    assert "已入户核实。" in text_of(response)


@pytest.mark.parametrize("name", ["other-county", "applicant", "auditor", "finance-maker", "lottery-centre"])
def test_for_nobody_else_is_there_such_a_page(case, name):
    assert sign_in(name).get(page(case)).status_code in {403, 404}


def test_who_only_reads_it_changes_nothing(case):
    for name in ("township", "prefecture-reviewer"):
        assert sign_in(name).post(page(case), CHANGE).status_code == 404
        with pytest.raises(NotFound):
            acting.report(world.user(name), case.public_id, changed.told(), NOW, suspend=False)
    assert not HouseholdChange.objects.exists()


def test_a_case_without_a_phase_out_has_no_such_page():
    other = world.granted()
    assert sign_in("prefecture-reviewer").get(page(other)).status_code == 404


def test_the_doors_of_this_page_are_those_who_see_the_case(case):
    accounts = User.objects.filter(username__in=SIGNED_IN)
    seen = {user.username for user in accounts if visible_cases(user, NOW).filter(pk=case.application.pk)}
    assert seen == OPEN_TO["approvals:phase_out"], seen


def test_months_that_a_measure_stopped_are_not_called_wrong(case):
    exofficio.Taken(
        case, "stop", reviewer="county-reviewer", approver="county-approver"
    ).tell().state().weigh().decide()
    with time_machine.travel(changed.at_end_of(date(2027, 6, 1))):
        shown = text_of(sign_in("county-reviewer").get(page(case)))
    assert "另有处理决定" in shown
    assert "不一致" not in shown


class TestTheFamily:
    def address(self, case, word="change"):
        return f"/applications/{case.public_id}/{word}/"

    def test_reports_a_change_itself_and_nothing_is_suspended(self, case):
        client = sign_in("applicant")
        assert self.address(case) in text_of(client.get(f"/applications/{case.public_id}/"))
        assert client.post(self.address(case), CHANGE).status_code == 302
        assert HouseholdChange.objects.get().found_by == "family"
        assert case.application.phase_out.state == "phasing_out"
        assert "已有一项变更正在核实" in text_of(client.get(self.address(case)))

    def test_loses_nothing_it_typed(self, case):
        response = sign_in("applicant").post(self.address(case), CHANGE | {"happened_on_year": "2030"})
        assert response.status_code == 422
        assert "家人失业了。" in text_of(response)

    def test_nobody_else_reports_for_it(self, case):
        assert sign_in("applicant2").post(self.address(case), CHANGE).status_code == 404

    def test_comes_back_with_what_it_had_entered(self, case, monkeypatch):
        monkeypatch.setattr("benefits.phase_out.links.may_return", lambda *_given: True)
        response = sign_in("applicant").post(self.address(case, "come-back"))
        assert response.status_code == 302
        assert response["Location"].endswith("/resume/")


def test_a_file_that_goes_on_under_another_head_names_the_old_one(case):
    rest = changed.members(case)[1:]
    changed.settle(case, changed.report(case, changed.told("death")), rest, head=rest[0]["id_number"])
    follows = case.application.followed_by.get().application
    shown = render_to_string("approvals/exofficio/doors.html", case_doors(follows, world.user("county-reviewer")))
    assert f"接续申请{case.application.number}" in shown
