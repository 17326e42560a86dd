"""What its holder and the officials read of a periodic benefit, and the button for the next period."""

import pytest
from django.urls import reverse

from applications.models import Application
from tests.applications.pages import text_of, url
from tests.approvals.desk import address, sign_in
from tests.benefits import claimed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def first():
    """June and July, granted in September."""
    claimed.publish()
    return claimed.granted("2026-06-01", 2)


def own(case):
    return text_of(sign_in("applicant").get(url(case)))


def official(case):
    return text_of(sign_in("approver-of-hrss").get(reverse("approvals:periods", args=[case.public_id])))


class TestItsHolder:
    """On the page of the case."""

    def test_they_read_the_months_the_sum_and_how_far_the_money_got(self, first):
        page = own(first)
        assert "2026年6月–2026年7月" in page
        assert "1,000.00" in page
        assert "已批准，等待发放" in page

    def test_they_read_how_many_months_are_left(self, first):
        assert "已领2个月，最多6个月，还剩4个月" in own(first)

    def test_the_button_says_from_which_month_on(self, first):
        page = own(first)
        assert "现在可以从2026年8月起申报，最多" in page
        assert "申报下一期" in page

    def test_the_button_begins_the_next_claim_and_leads_on(self, first):
        answered = sign_in("applicant").post(reverse("own:claim_next", args=[first.public_id]))
        draft = Application.objects.get(continues=first.application)
        assert answered.url == reverse("applications:resume", args=[draft.public_id])

    def test_once_begun_the_page_leads_on_instead(self, first):
        claimed.begun(first)
        assert "下一期已经开始申报，接着办理" in own(first)

    def test_after_the_end_there_is_no_button(self, first):
        claimed.measure(first, "stop")
        page = own(first)
        assert "已经终止" in page
        assert "申报下一期</button>" not in page

    def test_the_kept_pages_stand_on_the_last_look_and_can_be_changed(self, first):
        draft = claimed.begun(first)
        client = sign_in("applicant")
        look = text_of(client.get(reverse("applications:check", args=[draft.public_id])))
        assert reverse("applications:edit", args=[draft.public_id, "account"]) in look
        page = client.get(reverse("applications:edit", args=[draft.public_id, "account"]))
        assert page.status_code == 200

    def test_a_case_without_periods_says_nothing_of_them(self, first):
        assert "按期申报" not in own(claimed.begun(first))


class TestOfficials:
    """On their page of the periods, and where they review a short claim."""

    def test_they_read_every_claim_under_it(self, first):
        second = claimed.short(first).say("grant")
        page = official(first)
        assert first.application.number in page
        assert second.application.number in page

    def test_a_short_claim_names_the_case_it_continues(self, first):
        short = claimed.short(first)
        page = text_of(sign_in("approver-of-hrss").get(address(short)))
        assert f"这是接续申请{first.application.number}的下一期" in page

    def test_what_our_books_know_stands_in_the_reasoning(self, first):
        again = claimed.before("2026-08-01", 1, months_received=0)
        page = text_of(sign_in("approver-of-hrss").get(address(again)))
        assert "本系统记载为2，填写的是0" in page

    def test_the_end_is_told_with_its_day(self, first):
        claimed.measure(first, "revoke")
        assert "终止，此后不能再按它申报" in official(first)

    def test_a_case_without_periods_has_no_such_page(self, first):
        case = claimed.before("2026-09-01", 1, n=4)
        answered = sign_in("approver-of-hrss").get(reverse("approvals:periods", args=[case.public_id]))
        assert answered.status_code == 404
