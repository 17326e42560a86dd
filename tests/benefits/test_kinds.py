"""What the other kinds of benefit give: money for one claimed period, a status or service, nothing."""

from decimal import Decimal

import pytest
from django.utils import timezone

from benefits.models import Due, Grant, PhaseOut, Service, Waiver
from benefits.overlap import months_claimed, time_claimed
from papers import reading
from papers.models import Paper
from people.day_words import day_in_words
from people.refusals import Conflict
from tests import offered
from tests.applications.pages import text_of, url
from tests.approvals.desk import address, sign_in
from tests.stages import TEXT
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONEY = ["grant", "periodic", "interest_subsidy"]
POST = {"claimed_from": "2026-07-01", "months_claimed": 3}


def paid(kind="periodic", n=0, **given):
    """A granted claim under a small scheme of this kind; `given` are its answers beside the usual ones."""
    case = before(kind, n, **given)
    return case.say("grant")


def before(kind="periodic", n=0, **given):
    offered.staff("hrss")
    offered.fund(offered.MONTHS)
    offered.publish(offered.MONTHS, benefit_kind=kind)
    return offered.case(offered.MONTHS, n, **{**POST, **offered.account(n), **given}).submit().say("accept")


def given(*models):
    return [model for model in models if model.objects.exists()]


def dues():
    return list(Due.objects.values_list("period", "amount"))


class TestMoney:
    """One row that says what it is for, and one due."""

    @pytest.mark.parametrize("kind", MONEY)
    def test_the_row_says_what_it_is_for(self, kind):
        case = paid(kind)
        grant = Grant.objects.get()
        assert (grant.kind, grant.amount, grant.person) == (kind, Decimal("1500.00"), case.application.subject)

    @pytest.mark.parametrize("kind", MONEY)
    def test_one_due_of_the_amount_bears_the_first_month_of_the_claim(self, kind):
        case = paid(kind)
        assert dues() == [("2026-07", Decimal("1500.00"))]
        assert Due.objects.get().payable_from == timezone.localdate(case.at)

    def test_no_standing_benefit_comes_of_a_period(self):
        paid()
        assert not given(PhaseOut, Waiver, Service)

    @pytest.mark.parametrize("kind", MONEY)
    def test_the_paper_is_that_of_a_grant(self, kind):
        case = paid(kind)
        assert Paper.objects.filter(case_ref=case.public_id, kind="grant").exists()

    @pytest.mark.parametrize("kind, label", [("periodic", "本期补贴金额"), ("interest_subsidy", "本期贴息金额")])
    def test_the_applicant_reads_what_the_sum_is(self, kind, label):
        page = text_of(sign_in("applicant").get(url(paid(kind))))
        assert f"{label}：<strong>1,500.00 元" in page


class TestClaimedOnce:
    """No month is given twice to the same person under the same scheme."""

    def test_a_month_of_an_earlier_claim_is_refused_by_its_number(self):
        first = paid()
        again = offered.case(offered.MONTHS, 0, **{**POST, **offered.account(0), "claimed_from": "2026-09-01"})
        again.submit().say("accept")
        with refused(Conflict, "given_already") as caught:
            again.say("grant")
        assert first.application.number in str(caught.value.message)

    def test_the_months_after_it_are_given(self):
        paid()
        again = offered.case(offered.MONTHS, 0, **{**POST, **offered.account(0), "claimed_from": "2026-10-01"})
        again.submit().say("accept").say("grant")
        assert dues() == [("2026-07", Decimal("1500.00")), ("2026-10", Decimal("1500.00"))]

    def test_somebody_else_claims_the_same_month(self):
        paid()
        paid(n=4)
        assert len(dues()) == 2

    def test_what_was_refused_is_claimed_again(self):
        before().say("refuse", reasons=("no_evidence",), text=TEXT)
        again = offered.case(offered.MONTHS, 0, **{**POST, **offered.account(0)})
        again.submit().say("accept").say("grant")
        assert len(dues()) == 1

    @pytest.mark.parametrize(
        "answers, first, last",
        [
            ({"claimed_from": "2026-07-31", "months_claimed": 1}, (2026, 7), (2026, 7)),
            ({"claimed_from": "2026-11-01", "months_claimed": 3}, (2026, 11), (2027, 1)),
            ({"claimed_from": "9999-12-01", "months_claimed": 999}, (9999, 12), (10083, 2)),
            ({"claimed_from": "2026-07-01"}, (2026, 7), (2026, 7)),
            ({"claimed_from": "2026-07-01", "months_claimed": 0}, (2026, 7), (2026, 7)),
        ],
    )
    def test_which_months_a_claim_runs_over(self, answers, first, last):
        claimed = months_claimed(answers)
        assert [divmod(month, 12) for month in (claimed[0], claimed[-1])] == [(y, m - 1) for y, m in (first, last)]

    @pytest.mark.parametrize(
        "begins, days, meets",
        [("2026-06-20", 1, False), ("2026-06-20", 2, True), ("2026-09-20", 92, True), ("2026-09-21", 91, False)],
    )
    def test_the_interest_of_a_quarter_runs_over_its_days_though_two_quarters_share_a_month(self, begins, days, meets):
        first = time_claimed({"quarter_begins": "2026-06-21", "days_in_quarter": 92})
        other = time_claimed({"quarter_begins": begins, "days_in_quarter": days})
        assert bool(set(first) & set(other)) is meets

    def test_a_scheme_that_asks_for_no_months_claims_none(self):
        assert months_claimed({"months_claimed": 3}) is None


class TestService:
    """A status or a service holds from the decision on, and no money moves."""

    @pytest.fixture
    def case(self):
        return offered.service().say("grant")

    def test_it_holds_from_the_day_of_the_decision_without_end(self, case):
        service = Service.objects.get()
        assert (service.person, service.granted_at) == (case.application.subject, case.at)
        assert (service.valid_from, service.valid_to) == (timezone.localdate(case.at), None)

    def test_nothing_is_owed(self, case):
        assert not given(Due, Grant)
        assert case.application.state == "granted"

    def test_it_needs_no_budget(self):
        case = offered.service()
        case.say("grant")
        assert case.application.state == "granted"

    def test_the_paper_says_that_no_money_is_paid(self, case):
        paper = reading.content(Paper.objects.get(case_ref=case.public_id, kind="service"))
        text = "\n".join(words for _field, words in paper.texts())
        assert "不涉及发放资金" in text
        assert "就业困难人员认定" in text
        assert "0.00" not in text
        assert paper.sections[-1].heading == "救济途径"

    def test_the_applicant_reads_no_sum_and_since_when_it_holds(self, case):
        page = text_of(sign_in("applicant").get(url(case)))
        assert "0.00" not in page
        assert f"自 {day_in_words(timezone.localdate(case.at))} 起" in page

    def test_the_official_reads_no_sum(self):
        case = offered.service()
        page = text_of(sign_in("approver-of-hrss").get(address(case)))
        assert "符合条件" in page
        assert "0.00" not in page

    def test_a_production_site_grants_it_for_no_value_is_assumed(self, settings):
        case = offered.service()
        settings.DEMO = False
        case.say("grant")
        assert case.application.state == "granted"

    def test_it_can_be_refused(self):
        case = offered.service().say("refuse", reasons=("no_evidence",), text=TEXT)
        assert case.application.state == "refused"
        assert not Service.objects.exists()


class TestFeeWaiver:
    """A fee that is not asked for: no agreement has to be concluded, and nobody pays anything back."""

    @pytest.fixture
    def waiver(self):
        offered.staff("hrss")
        offered.publish(offered.FEE)
        offered.case(offered.FEE, fee_due="800.00").submit().say("accept").say("grant")
        return Waiver.objects.get()

    def test_it_is_in_force_with_the_decision(self, waiver):
        assert (waiver.state, waiver.in_force_at) == ("in_force", waiver.granted_at)

    def test_it_relieves_the_fee_and_owes_nothing(self, waiver):
        assert (waiver.relief, waiver.refund_owed) == (Decimal("400.00"), Decimal("0.00"))
        assert not Due.objects.exists()

    def test_a_second_fee_is_another_matter(self, waiver):
        offered.case(offered.FEE, fee_due="600.00").submit().say("accept").say("grant")
        assert Waiver.objects.count() == 2


def test_a_referral_gives_nothing():
    case = offered.referred()
    answered = offered.answered(case.at.date())
    case.say("answer_yes", text="同意。", answered=answered)
    assert not given(Due, Grant, Service, Waiver, PhaseOut)
