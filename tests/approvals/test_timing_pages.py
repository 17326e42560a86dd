"""The pages of time: what they show, what they take, what they keep of what was typed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from applications.models import TimeNote
from approvals.timing import changes, clock
from tests import chained, world
from tests.approvals.desk import address, events, sign_in, text_of
from tests.stages import AT_STAGE, TEXT, official, prefecture, speak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


@pytest.fixture
def case():
    """A grant before the county's reviewer, whose stage has a legal limit too; its office has a supervisor."""
    chained.publish(chained.GRANT, chained.with_stage("county_review", days=10, legal_days=20))
    case = AT_STAGE["grant", "county_review"]()
    official("overseer", case.item().queue.office, "supervisor")
    with time_machine.travel(case.later(1), tick=False):
        yield case


def page_of(case):
    return f"/inbox/{case.public_id}/time/"


def sent(case, act, **given):
    return {"act": act, "item": case.item().pk, "version": case.application.version, "text": TEXT, **given}


def test_it_shows_the_promised_and_the_legal_day(case):
    page = text_of(sign_in("overseer").get(page_of(case)))
    assert "承诺时限" in page
    assert "（10个工作日）" in page
    assert "法定时限" in page
    assert "（20个工作日）" in page


def test_the_review_page_says_the_legal_day_and_leads_here(case):
    page = text_of(sign_in(case.official().username).get(address(case)))
    assert "法定期限到" in page
    assert page_of(case) in page


def test_an_extension_is_taken(case):
    answer = sign_in("overseer").post(page_of(case), sent(case, "extend", days="3"))
    assert (answer.status_code, answer["Location"]) == (302, page_of(case))
    assert case.item().extensions == 1


def test_what_was_typed_is_not_lost(case):
    answer = sign_in("overseer").post(page_of(case), sent(case, "extend", days="99"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert TEXT in page
    assert "请填写1到10之间的天数。" in page
    assert case.item().extensions == 0


def test_a_pause_is_taken_and_can_be_ended(case):
    until = timezone.localdate() + timedelta(days=9)
    parts = {"until_year": until.year, "until_month": until.month, "until_day": until.day}
    client = sign_in("overseer")
    client.post(page_of(case), sent(case, "pause", reason="expert", **parts))
    assert case.item().pause_reason == "expert"
    assert "专家评审或鉴定，暂停计时" in text_of(client.get(page_of(case)))
    client.post(page_of(case), sent(case, "resume", text=""))
    assert case.item().paused_at is None


@pytest.mark.parametrize("act", ["", "grant"])
def test_an_act_nobody_knows_changes_nothing(case, act):
    assert sign_in("overseer").post(page_of(case), sent(case, act)).status_code == 422
    assert not TimeNote.objects.exists()


def test_an_item_of_another_case_is_not_there(case):
    other = world.grant(4).submit()
    given = sent(case, "extend", days="3") | {"item": other.item().pk}
    assert sign_in("overseer").post(page_of(case), given).status_code == 404


def test_a_stale_page_is_a_conflict(case):
    stale = sent(case, "extend", days="3", version=0)
    assert sign_in("overseer").post(page_of(case), stale).status_code == 409


def test_who_may_not_is_offered_nothing_and_refused(case):
    clerk = sign_in("school")
    assert "现在没有您可以调整的期限。" in text_of(clerk.get(page_of(case)))
    assert clerk.post(page_of(case), sent(case, "extend", days="3")).status_code == 403


def test_another_county_finds_no_such_page(case):
    assert sign_in("other-county").get(page_of(case)).status_code == 404


def test_the_read_is_recorded(case):
    sign_in("overseer").get(page_of(case))
    assert events("case.read")[-1].actor == "overseer"


def test_the_applicant_reads_what_was_changed(case):
    overseer = world.user("overseer")
    changes.extend(overseer, case.item().pk, 3, TEXT, case.later(1))
    page = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
    assert "办理期限延长" in page
    assert TEXT in page


def test_the_list_of_overdue_work_leads_to_the_moves(case):
    late = case.item().due_at + timedelta(days=1)
    clock.escalate_overdue(late)
    with time_machine.travel(late, tick=False):
        page = text_of(sign_in("overseer").get("/inbox/supervise/"))
    assert case.application.number in page
    assert f"/inbox/{case.public_id}/moves/" in page
    assert case.application.subject.name not in page


def test_officials_who_oversee_nothing_have_no_such_list(case):
    assert sign_in("county-reviewer").get("/inbox/supervise/").status_code == 404


def test_the_second_signer_reads_what_the_first_said():
    chained.publish(chained.GRANT, chained.with_stage("decide", two_persons=True))
    official("second-approver", prefecture("hrss"), "approver")
    case = world.at_decision()
    with time_machine.travel(case.later(1), tick=False):
        speak(world.user("prefecture-approver"), case, "grant")
        page = text_of(sign_in("second-approver").get(address(case)))
        assert "第一位审批人的决定意见" in page
        assert TEXT in page
        mine = text_of(sign_in("prefecture-approver").get(address(case)))
        assert "须由另一位审批人复签" in mine


def test_who_answers_an_order_reads_it():
    case = world.phase_out_granted()
    official("other-approver", case.application.decisions.get(kind="grant").office, "approver")
    case.say("order", text=TEXT)
    with time_machine.travel(case.later(1), tick=False):
        page = text_of(sign_in("other-approver").get(address(case)))
    assert "备案往来" in page
    assert TEXT in page
