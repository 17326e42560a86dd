"""The box on top of a granted case says what is so now, and the list what has to be done."""

import pytest

from benefits import clock as benefit_clock
from payouts.now import now_of
from payouts.returns import accounts
from project.demo.clerks import Case
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.payouts import returned

pytestmark = pytest.mark.django_db


def back():
    """A granted case whose money came back."""
    batch, (case,) = returned.sent(0)
    returned.told(batch, returned.row(batch, result="失败", reason="账号不存在"))
    return case, returned.after(batch, 4)


def page(case: Case) -> str:
    text = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
    return text[text.index('aria-labelledby="now"') : text.index("</section>")]


def test_a_grant_that_is_as_it_was_decided_says_so():
    case = world.granted(0)
    assert now_of(case.application) is None
    assert "您的申请已经批准" in page(case)


def test_money_that_came_back_asks_for_another_account_on_top_and_in_the_list():
    case, _at = back()
    assert "请更正收款账号" in page(case)
    listed = text_of(sign_in("applicant").get("/applications/"))
    assert f"/applications/{case.public_id}/account/" in listed
    assert "银行退回了款项" in listed


def test_an_account_that_waits_to_be_checked_asks_for_nothing():
    case, at = back()
    accounts.key_in(case.user, case.public_id, "6222021234567890123", "中国农业银行", at)
    assert "正在核对" in page(case)
    assert "更正收款账号</a>" not in page(case)


def test_an_account_that_was_rejected_is_asked_for_again_and_told():
    case, at = back()
    correction = accounts.key_in(case.user, case.public_id, "6222021234567890123", "中国农业银行", at)
    accounts.check(world.user("finance-checker"), correction.pk, False, "户名不符", at)
    assert "不能使用" in page(case)
    told = text_of(sign_in("applicant").get("/told/"))
    assert "新填的收款账号不能使用" in told


def test_a_phase_out_says_until_when_and_that_it_is_over():
    case = world.phase_out_granted()
    assert "渐退期" in page(case)
    assert "为止" in page(case)
    benefit_clock.end_phase_outs(world.year_later(case.at))
    assert "期满" in page(case)
