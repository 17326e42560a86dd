"""The pages of waivers that live on: lists, one waiver, the acts on it, and what its holder reads and tells."""

import pytest
import time_machine

from approvals.scope import visible_cases
from approvals.waivers import acting, listing
from audit.models import Event
from benefits.models import WaiverChange, WaiverCheck, WaiverRefund
from people.day_words import day_in_words
from people.models import User
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.benefits import waived
from tests.journeys.doors import KEEP_THE_WAIVER, OPEN_TO, SIGNED_IN

pytestmark = pytest.mark.django_db
CHECK = {"same_holder": "yes", "in_person": "yes", "certificate_valid": "yes", "result": "ok", "words": "到店核对。"}


@pytest.fixture
def case():
    case = waived.in_force()
    with time_machine.travel(case.later(24)):
        yield case


def page(case, act=""):
    return f"/inbox/{case.public_id}/waiver/" + (f"{act}/" if act else "")


def day(name, case):
    return {f"{name}_year": case.at.year, f"{name}_month": case.at.month, f"{name}_day": case.at.day}


def version(case):
    return {"version": case.application.version}


class TestOneWaiver:
    """Everything about it on one page."""

    def test_the_review_page_leads_there(self, case):
        assert f'href="{page(case)}"' in text_of(sign_in("prefecture-reviewer").get(f"/inbox/{case.public_id}/"))

    def test_terms_agreement_money_and_next_check_stand_there(self, case):
        shown = text_of(sign_in("lottery-centre").get(page(case)))
        waiver = waived.waiver_of(case)
        for words in ("押金全免", "10,000.00", waiver.agreement.number, waiver.check_due.isoformat(), "还没有年检过"):
            assert words in shown

    def test_reading_it_is_recorded(self, case):
        sign_in("lottery-centre").get(page(case))
        assert Event.objects.filter(action="case.read", subject=case.public_id, actor="lottery-centre").exists()

    @pytest.mark.parametrize("name", ["other-county", "applicant", "auditor", "finance-maker", "school"])
    def test_for_nobody_else_is_there_such_a_page(self, case, name):
        assert sign_in(name).get(page(case)).status_code in {403, 404}

    def test_a_case_without_a_waiver_has_no_such_page(self):
        other = world.granted()
        assert sign_in("prefecture-reviewer").get(page(other)).status_code == 404

    def test_the_doors_of_this_page_are_those_who_see_the_case(self, case):
        accounts = User.objects.filter(username__in=SIGNED_IN)
        seen = {user.username for user in accounts if visible_cases(user, case.at).filter(pk=case.application.pk)}
        assert seen == OPEN_TO["approvals:waiver"], seen

    def test_who_may_check_it_is_the_centre_and_the_office_that_granted(self, case):
        accounts = User.objects.filter(username__in=SIGNED_IN)
        may = {user.username for user in accounts if acting.may_act(user, case.application, case.at)}
        assert may == KEEP_THE_WAIVER


class TestActs:
    """One form each; what was typed is never lost."""

    def test_the_centre_writes_down_a_refund(self, case):
        given = {"amount": "4000", "reference": "TK-1", **day("paid_on", case), **version(case)}
        assert sign_in("lottery-centre").post(page(case, "refund"), given).status_code == 302
        assert "6,000.00" in text_of(sign_in("lottery-centre").get(page(case)))
        assert WaiverRefund.objects.get().confirmed_by.username == "lottery-centre"

    def test_too_much_is_refused_and_what_was_typed_stays(self, case):
        given = {"amount": "10000.01", "reference": "TK-1", **day("paid_on", case), **version(case)}
        response = sign_in("lottery-centre").post(page(case, "refund"), given)
        assert response.status_code == 422
        assert "TK-1" in text_of(response)
        assert not WaiverRefund.objects.exists()

    def test_the_office_that_granted_has_no_form_for_refunds(self, case):
        assert sign_in("prefecture-reviewer").get(page(case, "refund")).status_code == 404

    def test_a_check_is_written_down_and_shown(self, case):
        client = sign_in("lottery-centre")
        assert client.post(page(case, "check"), CHECK | version(case)).status_code == 302
        assert "到店核对。" in text_of(client.get(page(case)))

    def test_a_second_check_from_an_old_page_is_refused_politely(self, case):
        seen = version(case)
        assert sign_in("lottery-centre").post(page(case, "check"), CHECK | seen).status_code == 302
        response = sign_in("prefecture-reviewer").post(page(case, "check"), CHECK | seen | {"words": "我也核对了。"})
        assert response.status_code == 409
        assert "我也核对了。" in text_of(response)
        assert WaiverCheck.objects.count() == 1

    def test_one_reports_a_change_and_another_settles_it(self, case):
        centre = sign_in("lottery-centre")
        told = {"kind": "moved", "found_by": "centre", "words": "搬到新安路。", **day("happened_on", case)}
        assert centre.post(page(case, "change"), told | version(case)).status_code == 302
        assert centre.get(page(case, "answer")).status_code == 404
        client = sign_in("prefecture-reviewer")
        assert "搬到新安路。" in text_of(client.get(page(case, "answer")))
        given = {"result": "moved", "address": "蒙自市新安路8号", "number": "", "words": "属实。", **version(case)}
        assert client.post(page(case, "answer"), given).status_code == 302
        assert "蒙自市新安路8号" in text_of(client.get(page(case)))

    def test_an_act_nobody_knows_is_no_page(self, case):
        assert sign_in("lottery-centre").get(page(case, "gift")).status_code == 404

    def test_a_ground_leads_to_opening_a_case_with_it_chosen(self, case):
        shown = text_of(sign_in("prefecture-reviewer").get(f"/inbox/{case.public_id}/ex-officio/?kind=revive"))
        assert "恢复缴纳的情形" in shown
        given = {"kind": "revive", "ground": "transferred", "source": "calendar", "grounds": "年检发现已转让。"}
        response = sign_in("prefecture-reviewer").post(f"/inbox/{case.public_id}/ex-officio/", given)
        assert response.status_code == 302
        notice = text_of(sign_in("prefecture-reviewer").get(response["Location"]))
        assert "事先告知" in notice


class TestLists:
    """Within one's cases, by what waits."""

    def rows(self, name, which, case, **narrowed):
        return [row.pk for row in listing.page_of(world.user(name), which, case.at, **narrowed).rows]

    def test_each_list_holds_what_it_says(self, case):
        pk, pending = waived.waiver_of(case).pk, waived.waiver_of(waived.granted(2)).pk
        found = {which: self.rows("lottery-centre", which, case) for which in listing.LISTS}
        assert found == {
            "in_force": [pk], "pending": [pending], "refund": [pk], "check": [], "changed": [], "revival": [],
            "ended": [],
        }  # fmt: skip

    def test_one_that_is_near_its_check_is_listed(self, case):
        case.at = world.year_later(case.at)
        assert self.rows("lottery-centre", "check", case) == [waived.waiver_of(case).pk]

    def test_a_change_that_waits_is_listed_until_it_is_settled(self, case):
        change = waived.report(case)
        assert self.rows("prefecture-reviewer", "changed", case) == [waived.waiver_of(case).pk]
        waived.answer(case, change, "nothing")
        assert self.rows("prefecture-reviewer", "changed", case) == []

    def test_one_that_is_over_is_listed_as_ended_alone(self, case):
        waived.answer(case, waived.report(case, "wish"), "ended")
        assert self.rows("lottery-centre", "ended", case) == [waived.waiver_of(case).pk]
        assert self.rows("lottery-centre", "in_force", case) == []

    def test_another_county_has_none_of_it(self, case):
        assert self.rows("other-county", "in_force", case) == []

    def test_it_narrows_by_scheme_and_division(self, case):
        assert self.rows("lottery-centre", "in_force", case, scheme="stall-fee-reduction") == []
        assert self.rows("lottery-centre", "in_force", case, division="532503") == [waived.waiver_of(case).pk]
        assert self.rows("lottery-centre", "in_force", case, division="532504") == []

    def test_pages_follow_each_other_without_gap_or_repetition(self, case, monkeypatch):
        monkeypatch.setattr(listing, "A_PAGE", 1)
        second = waived.in_force(2)
        user = world.user("lottery-centre")
        first = listing.page_of(user, "in_force", second.at)
        rest = listing.page_of(user, "in_force", second.at, after=first.after)
        assert [len(first.rows), len(rest.rows), rest.after] == [1, 1, 0]
        assert first.rows[0].pk > rest.rows[0].pk

    def test_the_page_is_shown_and_the_read_recorded(self, case):
        shown = text_of(sign_in("lottery-centre").get("/inbox/waivers/"))
        assert case.application.number in shown
        assert Event.objects.filter(action="waivers.read", actor="lottery-centre").exists()

    def test_a_list_nobody_knows_is_no_page(self, case):
        assert sign_in("lottery-centre").get("/inbox/waivers/?list=gift").status_code == 404

    @pytest.mark.parametrize("name", ["applicant", "auditor", "finance-maker"])
    def test_it_is_for_case_officials_alone(self, case, name):
        assert sign_in(name).get("/inbox/waivers/").status_code in {403, 404}


class TestTheHolder:
    """In plain words, with dates and who owes what."""

    def address(self, case):
        return f"/applications/{case.public_id}/waiver-change/"

    def told(self, case):
        return {"kind": "transferred", "words": "转给弟弟了。", **day("happened_on", case)}

    def test_reads_what_the_centre_owes_and_when_the_check_is(self, case):
        waived.refund(case)
        shown = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
        for words in ("您的减免", "6,000.00元", "不由本机关发放", day_in_words(waived.waiver_of(case).check_due)):
            assert words in shown

    def test_reads_that_the_agreement_is_still_to_be_signed(self):
        case = waived.granted()
        assert "签订减免协议" in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))

    def test_reads_what_is_to_be_paid_again_and_by_when(self, case):
        waived.refund(case, "10000.00")
        waived.revived(case)
        shown = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
        for words in ("恢复按合同缴纳", "10,000.00元", day_in_words(waived.waiver_of(case).revival.pay_by)):
            assert words in shown

    def test_tells_of_a_change_and_nothing_ends_by_it(self, case):
        client = sign_in("applicant")
        assert self.address(case) in text_of(client.get(f"/applications/{case.public_id}/"))
        assert client.post(self.address(case), self.told(case)).status_code == 302
        assert (WaiverChange.objects.get().found_by, waived.waiver_of(case).state) == ("holder", "in_force")
        assert "已有一项变更正在核实" in text_of(client.get(self.address(case)))

    def test_loses_nothing_it_typed(self, case):
        response = sign_in("applicant").post(self.address(case), self.told(case) | {"happened_on_year": "2030"})
        assert response.status_code == 422
        assert "转给弟弟了。" in text_of(response)

    def test_nobody_else_tells_for_them(self, case):
        assert sign_in("applicant2").post(self.address(case), self.told(case)).status_code == 404

    def test_of_a_case_without_a_waiver_there_is_nothing_to_tell(self):
        other = world.granted()
        assert sign_in("applicant").get(f"/applications/{other.public_id}/waiver-change/").status_code == 404
