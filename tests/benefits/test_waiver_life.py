"""A deposit relieved lives on: agreement, refunds by the centre, yearly checks, changes, its end and its revival."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from approvals.exofficio import opening
from approvals.exofficio.clock import end_terms
from approvals.exofficio.terms import Opening
from approvals.models import BenefitReview
from approvals.waivers import listing
from archives import closing
from audit.models import Event
from benefits.models import Due, Waiver, WaiverRefund
from benefits.waivers import changes, ending
from benefits.waivers.clock import remind_checks
from benefits.waivers.refunds import still_owed, with_open_refund
from benefits.waivers.terms import outlet_of
from papers import reading
from papers.models import Paper
from payouts.payable import payable
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.benefits import waived

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A deposit of 10 000 yuan, paid in full, all of it relieved and the agreement confirmed."""
    return waived.in_force()


def statuses(case):
    papers = Paper.objects.filter(case_ref=case.public_id, kind__in=["agreement", "certificate"])
    return set(papers.values_list("status", flat=True))


def words_of(case, kind):
    paper = Paper.objects.get(case_ref=case.public_id, kind=kind)
    return "".join(text for _field, text in reading.content(paper).texts())


class TestTerms:
    """What stands fast from the decision and the agreement on."""

    def test_the_decision_writes_down_what_was_due_and_paid_before(self):
        terms = waived.waiver_of(waived.granted(deposit_paid="4000.00")).terms
        told = (terms.relief_kind, terms.due_before, terms.paid_before, terms.term_ends)
        assert told == ("deposit_waived", Decimal("10000.00"), Decimal("4000.00"), None)

    def test_the_agreement_bears_the_number_of_its_paper_and_who_confirmed_it(self, case):
        agreement = waived.waiver_of(case).agreement
        paper = Paper.objects.get(case_ref=case.public_id, kind="agreement")
        assert (agreement.number, agreement.paper, agreement.concluded_on) == (paper.number, paper, case.at.date())
        assert agreement.confirmed_by == world.user(waived.CENTRE)

    def test_the_outlet_is_written_down_as_in_the_agreement(self, case):
        assert outlet_of(waived.waiver_of(case))["address"] in words_of(case, "agreement")

    def test_there_is_no_agreement_and_no_check_to_come_before_the_centre_confirms(self):
        waiver = waived.waiver_of(waived.granted())
        assert not hasattr(waiver, "agreement")
        assert waiver.check_due is None

    def test_the_first_check_is_due_a_year_after_it_came_into_force(self, case):
        assert waived.waiver_of(case).check_due == case.at.date() + timedelta(days=365)


class TestRefunds:
    """The centre pays back; we write down what it says."""

    def test_partial_refunds_add_up_to_what_is_owed(self, case):
        waived.refund(case, "4000.00", "TK-1")
        assert still_owed(waived.waiver_of(case)) == Decimal("6000.00")
        waived.refund(case, "6000.00", "TK-2")
        assert still_owed(waived.waiver_of(case)) == 0

    def test_a_refund_above_what_is_owed_is_refused(self, case):
        waived.refund(case, "4000.00", "TK-1")
        with pytest.raises(Invalid) as refused:
            waived.refund(case, "6000.01", "TK-2")
        assert "6000.00" in refused.value.errors["amount"]

    def test_the_same_voucher_is_not_told_twice(self, case):
        waived.refund(case, "4000.00", "TK-1")
        with pytest.raises(Invalid) as refused:
            waived.refund(case, "4000.00", " TK-1 ")
        assert set(refused.value.errors) == {"reference"}

    def test_when_all_is_paid_back_nothing_more_is_taken(self, case):
        waived.refund(case, "10000.00")
        with pytest.raises(Conflict):
            waived.refund(case, "1.00", "TK-2")

    @pytest.mark.parametrize("days", [-30, 1])
    def test_a_day_before_the_agreement_or_after_today_is_refused(self, case, days):
        with pytest.raises(Invalid) as refused:
            waived.refund(case, on=case.at.date() + timedelta(days=days + 1))
        assert set(refused.value.errors) == {"paid_on"}

    def test_the_office_that_granted_does_not_speak_for_the_centre(self, case):
        with pytest.raises(NotFound):
            waived.refund(case, user=waived.REVIEWER)

    def test_before_the_agreement_nothing_is_paid_back(self):
        with pytest.raises(Conflict):
            waived.refund(waived.granted())

    def test_it_is_no_money_of_ours(self, case):
        waived.refund(case)
        assert not Due.objects.exists()
        assert not list(payable(world.finance(), "", world.year_later(case.at)))

    def test_the_list_of_open_refunds_holds_it_until_all_is_paid_back(self, case):
        assert with_open_refund(Waiver.objects.all()).count() == 1
        waived.refund(case, "10000.00")
        assert with_open_refund(Waiver.objects.all()).count() == 0


class TestChecks:
    """Yearly: who holds it, run in person, certificate valid."""

    def test_when_all_is_well_the_next_is_a_year_away(self, case):
        row = waived.check(case)
        assert row.next_due == waived.waiver_of(case).check_due == case.at.date() + timedelta(days=365)

    def test_what_is_unclear_is_looked_at_again_in_a_month(self, case):
        assert waived.check(case, "unclear", in_person=False).next_due == case.at.date() + timedelta(days=30)

    def test_a_ground_for_revival_ends_nothing_by_itself(self, case):
        row = waived.check(case, "revival", in_person=False, ground="not_in_person")
        assert (row.ground, row.next_due, waived.waiver_of(case).state) == ("not_in_person", None, "in_force")

    def test_it_is_not_all_well_while_something_is_not(self, case):
        with pytest.raises(Invalid) as refused:
            waived.check(case, certificate_valid=False)
        assert set(refused.value.errors) == {"result"}

    def test_a_ground_for_revival_must_be_named(self, case):
        with pytest.raises(Invalid) as refused:
            waived.check(case, "revival", in_person=False)
        assert set(refused.value.errors) == {"ground"}

    def test_one_a_day(self, case):
        waived.check(case)
        case.at -= timedelta(hours=24)
        with pytest.raises(Conflict):
            waived.check(case)

    def test_it_counts_as_the_review_of_the_benefit(self, case):
        waived.check(case)
        assert BenefitReview.objects.filter(application=case.application).count() == 1

    def test_another_county_checks_nothing(self, case):
        with pytest.raises(NotFound):
            waived.check(case, user="other-county")

    def test_it_is_told_a_month_before_and_once(self, case):
        due = waived.waiver_of(case).check_due
        near = case.at + timedelta(days=335)
        assert remind_checks(near - timedelta(days=1)) == 0
        assert [remind_checks(near), remind_checks(near), remind_checks(near + timedelta(days=60))] == [1, 0, 0]
        assert waived.waiver_of(case).reminders.get().due_on == due
        assert Event.objects.filter(action="waiver.check_near", subject=case.public_id).count() == 1


class TestChanges:
    """Told by the holder or found; settled by somebody else."""

    def test_the_holder_tells_and_nothing_ends_by_it(self, case):
        row = changes.report_own(case.user, case.public_id, "transferred", case.at.date(), "转给弟弟。", case.later())
        assert (row.found_by, waived.waiver_of(case).state) == ("holder", "in_force")

    def test_nobody_tells_of_another_persons_waiver(self, case):
        stranger = world.user("applicant2")
        with pytest.raises(NotFound):
            changes.report_own(stranger, case.public_id, "moved", case.at.date(), "搬了。", case.later())

    def test_one_at_a_time(self, case):
        waived.report(case)
        with pytest.raises(Conflict):
            waived.report(case, "moved")

    def test_a_day_to_come_and_no_words_are_refused_together(self, case):
        tomorrow = case.at.date() + timedelta(days=9)
        with pytest.raises(Invalid) as refused:
            changes.report_own(case.user, case.public_id, "luck", tomorrow, " ", case.later())
        assert set(refused.value.errors) == {"kind", "happened_on", "words"}

    def test_who_reported_it_does_not_settle_it(self, case):
        change = waived.report(case, "wish", user=waived.REVIEWER)
        with pytest.raises(Refused) as refused:
            waived.answer(case, change, "ended", user=waived.REVIEWER)
        assert refused.value.code == "four_eyes"

    def test_a_place_that_moved_is_written_down_beside_the_first(self, case):
        change = waived.report(case, "moved")
        waived.answer(case, change, "moved", address="蒙自市新安路8号", number="5325-17")
        waiver = waived.waiver_of(case)
        assert outlet_of(waiver) == {"number": "5325-17", "address": "蒙自市新安路8号"}
        assert (waiver.outlets.count(), waiver.state) == (2, "in_force")

    def test_a_new_place_needs_its_address(self, case):
        change = waived.report(case, "moved")
        with pytest.raises(Invalid) as refused:
            waived.answer(case, change, "moved")
        assert set(refused.value.errors) == {"address"}

    @pytest.mark.parametrize("kind", ["wish", "contract_over"])
    def test_by_the_holders_wish_or_with_its_contract_it_ends_and_the_papers_with_it(self, case, kind):
        waived.answer(case, waived.report(case, kind), "ended")
        waiver = waived.waiver_of(case)
        assert (waiver.state, waiver.end_reason, waiver.check_due) == ("ended", kind, None)
        assert statuses(case) == {"revoked"}

    def test_what_the_centre_owes_is_owed_after_the_contract_too(self, case):
        waived.answer(case, waived.report(case, "contract_over"), "ended")
        waived.refund(case, "10000.00")
        assert still_owed(waived.waiver_of(case)) == 0

    def test_a_transfer_cannot_simply_end_it(self, case):
        with pytest.raises(Invalid):
            waived.answer(case, waived.report(case), "ended")

    def test_a_transfer_leads_to_a_case_of_its_own(self, case):
        assert waived.answer(case, waived.report(case), "revival").result == "revival"
        assert waived.waiver_of(case).state == "in_force"

    def test_what_is_settled_is_settled_once(self, case):
        change = waived.report(case)
        waived.answer(case, change, "nothing")
        with pytest.raises(Conflict):
            waived.answer(case, change, "nothing")


class TestRevival:
    """恢复缴纳: a case of its own, a notice before it, and another hand that decides."""

    def test_the_deposit_is_due_again_for_the_ground_that_was_found(self, case):
        waived.refund(case, "10000.00")
        taken = waived.revived(case, "certificate")
        waiver = waived.waiver_of(case)
        revival = waiver.revival
        assert (waiver.state, waiver.end_reason) == ("revived", "certificate")
        assert (revival.amount, revival.decided_in) == (Decimal("10000.00"), taken.application)
        assert revival.pay_by == timezone.localdate(revival.decided_at) + timedelta(days=30)

    def test_what_the_centre_has_not_paid_back_is_not_asked_for_again(self, case):
        waived.refund(case, "4000.00")
        waived.revived(case)
        assert waived.waiver_of(case).revival.amount == Decimal("4000.00")

    def test_where_nothing_was_paid_back_nothing_is_due_at_once(self, case):
        waived.revived(case)
        revival = waived.waiver_of(case).revival
        assert (revival.amount, revival.pay_by) == (0, None)

    def test_of_a_deposit_never_paid_all_is_due(self):
        case = waived.in_force(deposit_paid="0.00")
        waived.revived(case)
        assert waived.waiver_of(case).revival.amount == Decimal("10000.00")

    def test_nothing_is_decided_before_the_notice_and_the_term(self, case):
        taken = waived.revival(case)
        with pytest.raises(Invalid):
            taken.weigh()
        assert waived.waiver_of(case).state == "in_force"

    def test_when_the_term_is_over_it_goes_on_without_a_statement(self, case):
        taken = waived.revival(case).tell()
        taken.at += timedelta(days=20)
        end_terms(taken.at)
        taken.weigh(answer="").decide()
        assert waived.waiver_of(case).state == "revived"

    def test_who_proposed_it_does_not_confirm_it(self, case):
        taken = waived.revival(case).tell().state().weigh()
        with pytest.raises((NotFound, Refused)):
            taken.decide(user=taken.reviewer)
        assert waived.waiver_of(case).state == "in_force"

    def test_a_statement_that_convinces_leaves_it_in_force(self, case):
        waived.revival(case).tell().state().weigh(impose=False).decide("drop")
        assert (waived.waiver_of(case).state, statuses(case)) == ("in_force", {"valid"})

    def test_agreement_and_certificate_verify_as_revoked(self, case):
        waived.revived(case)
        assert statuses(case) == {"revoked"}

    def test_the_paper_names_ground_sum_and_to_whom_it_is_paid(self, case):
        waived.refund(case, "10000.00")
        taken = waived.revived(case)
        text = words_of(taken, "stop")
        for told in ("转让或者转租", "恢复缴纳押金", "10000.00元", "向彩票中心缴纳", "本机关不收取", "行政复议"):
            assert told in text

    def test_the_notice_names_the_sum_nobody_entered(self, case):
        waived.refund(case, "10000.00")
        taken = waived.revival(case).tell()
        assert taken.proceeding.amount == Decimal("10000.00")
        assert "10000.00元" in words_of(taken, "prior_notice")

    def test_without_a_ground_no_case_is_opened(self, case):
        said = Opening("revive", "calendar", "年检发现。")
        with pytest.raises(Invalid) as refused:
            opening.open_case(world.user(waived.REVIEWER), case.public_id, said, case.later())
        assert set(refused.value.errors) == {"ground"}

    def test_it_is_not_offered_for_a_waiver_that_is_over(self, case):
        waived.answer(case, waived.report(case, "wish"), "ended")
        assert "revive" not in opening.kinds_for(case.application)

    def test_one_that_ended_meanwhile_is_not_revived(self, case):
        taken = waived.revival(case).tell().state().weigh()
        waived.answer(case, waived.report(case, "wish"), "ended")
        with pytest.raises(Conflict):
            taken.decide()
        assert waived.waiver_of(case).state == "ended"


STATES = {
    "agreement_pending": waived.granted,
    "in_force": waived.in_force,
    "ended": lambda: ended(waived.in_force()),
    "revived": lambda: over(waived.in_force(), "revive"),
    "revoked": lambda: over(waived.in_force(), "revoke"),
}


def ended(case):
    """By the holder's wish."""
    waived.answer(case, waived.report(case, "wish"), "ended")
    return case


def over(case, kind):
    """By a decision about it."""
    if kind == "revive":
        taken = waived.revived(case)
    else:
        taken = waived.Taken(case, kind, reviewer=waived.REVIEWER, approver=waived.APPROVER)
        taken.tell().state().weigh().decide()
    case.at = taken.at
    return case


ACTS = {
    "refund": waived.refund,
    "check": waived.check,
    "report": waived.report,
    "report_own": lambda case: changes.report_own(
        case.user, case.public_id, "moved", case.at.date(), "搬了。", case.later()
    ),
    "revive": waived.revival,
}
POSSIBLE = {("in_force", act) for act in ACTS} | {("ended", "refund")}
REFUSED = sorted((state, act) for state in STATES for act in ACTS if (state, act) not in POSSIBLE)


@pytest.mark.parametrize("state, act", sorted(POSSIBLE))
def test_an_act_in_its_state_is_done(state, act):
    assert ACTS[act](STATES[state]())


@pytest.mark.parametrize("state, act", REFUSED)
def test_an_act_in_any_other_state_is_refused_and_changes_nothing(state, act):
    case = STATES[state]()
    before = Waiver.objects.values().get()
    with pytest.raises((Conflict, Invalid, NotFound)):
        ACTS[act](case)
    assert Waiver.objects.values().get() == before
    assert not WaiverRefund.objects.exists()


def test_a_waiver_that_is_over_cannot_be_ended_again():
    case = ended(waived.in_force())
    with pytest.raises(Conflict), waived.inside(case) as inside:
        ending.end(inside, "wish")


class TestTheFile:
    """The case is over when the relief is, and when the centre owes nothing more."""

    def closed(self, case):
        return closing.closed_cases(case.later()).filter(public_id=case.public_id).exists()

    def test_it_is_not_over_while_the_relief_is_in_force(self, case):
        waived.refund(case, "10000.00")
        assert not self.closed(case)

    def test_it_is_not_over_while_the_centre_has_yet_to_pay_back(self, case):
        ended(case)
        assert not self.closed(case)
        waived.refund(case, "10000.00")
        assert self.closed(case)

    def test_it_is_over_when_the_deposit_is_due_again(self, case):
        over(case, "revive")
        assert self.closed(case)


def test_a_ground_for_revival_is_on_the_list_until_somebody_takes_it_up(case):
    seen = lambda: [row.pk for row in listing.page_of(world.user(waived.CENTRE), "revival", case.at).rows]  # noqa: E731
    assert seen() == []
    waived.check(case, "revival", ground="not_in_person", in_person=False)
    assert seen() == [waived.waiver_of(case).pk]
    assert listing.to_revive(world.user(waived.REVIEWER), case.at) == 1
    waived.revival(case, "not_in_person")
    assert seen() == []


def test_a_change_that_gives_ground_for_revival_is_on_the_list(case):
    waived.answer(case, waived.report(case), "revival")
    assert listing.to_revive(world.user(waived.REVIEWER), case.at) == 1
    assert listing.to_revive(world.user("other-county"), case.at) == 0
