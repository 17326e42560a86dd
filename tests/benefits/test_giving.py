"""What a positive decision gives, owes and reserves; and that without money nothing is given."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone

from approvals import decide
from benefits import budgets
from benefits.models import Budget, Due, Grant, PhaseOut, Waiver
from people.models import Division
from people.refusals import Conflict
from tests import world
from tests.stages import AT_STAGE, speak
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
GRANT, PHASE_OUT = "grad-jobseeking", "dibao-phase-out"


def envelope(scheme, year=2026, **changes):
    budget = Budget.objects.get(scheme_code=scheme, division_id="532500", year=year)
    Budget.objects.filter(pk=budget.pk).update(**changes)
    budget.refresh_from_db()
    return budget


def granted(scheme):
    return AT_STAGE[scheme, "decide"]().say("grant")


def dues_of(case):
    return list(case.application.dues.order_by("period").values_list("period", "amount", "payable_from"))


class TestGrant:
    """A one-off payment."""

    def test_it_is_given_to_the_subject(self):
        case = granted("grant")
        grant = Grant.objects.get()
        assert (grant.application, grant.person) == (case.application, case.application.subject)
        assert (str(grant.amount), grant.granted_at) == ("1000.00", case.at)

    def test_it_owes_one_line_of_the_year_payable_at_once(self):
        case = granted("grant")
        assert dues_of(case) == [("2026", Decimal("1000.00"), timezone.localdate(case.at))]

    def test_the_line_is_owed_to_the_payee_from_the_envelope(self):
        case = granted("grant")
        due = Due.objects.get()
        assert (due.payee, due.budget) == (case.application.payee, envelope(GRANT))
        assert (due.scheme_code, due.recorded_at) == (GRANT, case.at)

    def test_it_is_reserved_and_not_yet_committed(self):
        before = envelope(GRANT)
        granted("grant")
        after = envelope(GRANT)
        assert (after.reserved - before.reserved, after.committed) == (Decimal("1000.00"), before.committed)

    def test_the_day_in_beijing_decides_the_year(self):
        case = AT_STAGE["grant", "decide"]()
        case.at = datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
        speak(case.official(), case, "grant")
        assert dues_of(case) == [("2027", Decimal("1000.00"), date(2027, 1, 1))]


class TestWaiver:
    """It changes a contract and pays nothing of ours."""

    @pytest.fixture
    def waiver(self):
        granted("waiver")
        return Waiver.objects.get()

    def test_it_relieves_the_deposit(self, waiver):
        assert str(waiver.relief) == "10000.00"

    def test_what_was_paid_is_owed_back_by_the_centre(self, waiver):
        assert str(waiver.refund_owed) == "10000.00"

    def test_it_owes_and_reserves_nothing(self, waiver):
        assert not Due.objects.exists()
        assert Budget.objects.aggregate(all=Sum("reserved"))["all"] == 0

    def test_of_a_deposit_never_paid_nothing_is_owed_back(self):
        case = world.waiver(0, deposit_paid="0.00").submit()
        case.say("accept").say("agree").say("agree").say("grant")
        assert str(case.application.waiver.refund_owed) == "0.00"

    def test_a_relief_of_nothing_is_still_a_decision(self):
        case = world.waiver(0, deposit_due="0.00", deposit_paid="0.00").submit()
        case.say("accept").say("agree").say("agree").say("grant")
        assert (case.application.state, str(case.application.waiver.relief)) == ("granted", "0.00")


class TestPhaseOut:
    """Six months from October 2026 on: 626 and 104 yuan a month."""

    @pytest.fixture
    def case(self):
        return granted("phase_out")

    def test_each_month_is_a_line_payable_on_its_first_day(self, case):
        months = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
        assert dues_of(case) == [(month, Decimal("730.00"), date.fromisoformat(f"{month}-01")) for month in months]

    def test_the_lines_add_up_to_the_amount_decided(self, case):
        assert case.application.dues.aggregate(all=Sum("amount"))["all"] == case.application.amount

    def test_each_year_is_reserved_in_its_own_envelope(self, case):
        assert envelope(PHASE_OUT, 2026).reserved == Decimal("2190.00")
        assert envelope(PHASE_OUT, 2027).reserved == Decimal("2190.00")

    def test_it_is_about_the_head_of_the_household(self, case):
        phase_out = PhaseOut.objects.get()
        assert (phase_out.person, phase_out.months) == (case.application.subject, 6)


class TestEnvelopes:
    """Money set aside, by scheme, division and year."""

    def test_to_the_last_yuan(self):
        envelope(GRANT, amount=Decimal("1000.00"))
        granted("grant")
        assert envelope(GRANT).free == 0

    def test_a_cent_too_little_refuses_and_changes_nothing(self):
        envelope(GRANT, amount=Decimal("999.99"))
        case = AT_STAGE["grant", "decide"]()
        with refused(Conflict, "no_budget") as caught:
            speak(case.official(), case, "grant")
        assert "2026年" in str(caught.value.message)

    def test_after_more_was_set_aside_the_same_item_can_be_decided(self):
        envelope(GRANT, amount=Decimal("0.00"))
        case = AT_STAGE["grant", "decide"]()
        with pytest.raises(Conflict):
            speak(case.official(), case, "grant")
        envelope(GRANT, amount=Decimal("1000.00"))
        speak(case.official(), case, "grant")
        assert case.application.state == "granted"

    def test_one_year_of_two_exhausted_refuses_both(self):
        envelope(PHASE_OUT, 2027, amount=Decimal("2189.99"))
        case = AT_STAGE["phase_out", "decide"]()
        with refused(Conflict, "no_budget") as caught:
            speak(case.official(), case, "grant")
        assert "2027年" in str(caught.value.message)

    def test_without_an_envelope_nothing_is_granted(self):
        Budget.objects.filter(scheme_code=GRANT, year=2026).update(scheme_code="another")
        case = AT_STAGE["grant", "decide"]()
        with refused(Conflict, "no_budget"):
            speak(case.official(), case, "grant")

    def test_without_an_envelope_one_can_still_be_refused(self):
        Budget.objects.filter(scheme_code=GRANT, year=2026).update(scheme_code="another")
        case = AT_STAGE["grant", "decide"]()
        speak(case.official(), case, "refuse", reasons=("no_evidence",))
        assert case.application.state == "refused"

    def test_the_nearest_envelope_pays(self):
        near = Budget.objects.create(
            scheme_code=GRANT, division_id="532503", year=2026, document="示例", amount=Decimal("5000.00")
        )
        granted("grant")
        near.refresh_from_db()
        assert (Due.objects.get().budget, near.reserved) == (near, Decimal("1000.00"))
        assert envelope(GRANT).reserved == 0

    def test_an_exhausted_nearest_envelope_does_not_reach_into_the_next(self):
        Budget.objects.create(scheme_code=GRANT, division_id="532503", year=2026, document="示例", amount=1)
        case = AT_STAGE["grant", "decide"]()
        with refused(Conflict, "no_budget"):
            speak(case.official(), case, "grant")

    def test_that_of_another_county_or_scheme_does_not_count(self):
        Budget.objects.filter(scheme_code=GRANT).update(scheme_code="another")
        Budget.objects.create(scheme_code=GRANT, division_id="532502", year=2026, document="示例", amount=9000)
        mengzi = Division.objects.get(pk="532503")
        assert budgets.envelope_for(GRANT, mengzi, 2026) is None
        assert budgets.envelope_for(PHASE_OUT, mengzi, 2026).division_id == "532500"

    def test_what_is_reserved_is_what_is_owed(self):
        for n in (2, 4, 6):
            world.granted(n)
        world.phase_out_granted(1)
        for budget in Budget.objects.annotate(owed=Sum("dues__amount")):
            assert budget.reserved == (budget.owed or 0)


class TestAppendOnly:
    """What is owed is never edited."""

    @pytest.fixture
    def due(self):
        granted("grant")
        return Due.objects.get()

    def test_no_amount_is_changed(self, due):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Due.objects.update(amount=1)

    def test_no_line_is_removed(self, due):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            due.delete()

    def test_it_is_so_after_each_refusal(self, due):
        with pytest.raises(DatabaseError), transaction.atomic():
            Due.objects.update(amount=1)
        assert str(Due.objects.get().amount) == "1000.00"


def test_a_benefit_is_given_once():
    case = AT_STAGE["grant", "decide"]()
    item, approver = case.item(), case.official()
    case.say("grant")
    with refused(Conflict, "already_decided"):
        decide.act(approver, item.pk, decide.Said("grant"), case.later())
