"""What a change of the household does to its phase-out: snapshots, machine, lines and budget in one transaction."""

from datetime import date
from decimal import Decimal

import pytest

from audit.models import Event
from benefits.models import Budget, ChangeOutcome, Due, DueStop, HouseholdChange
from benefits.phase_out import facts
from benefits.phase_out.facts import course_of, owed
from papers import reading
from papers.models import Paper
from payouts import batching, payable
from people import vault
from people.refusals import Conflict, Invalid, Refused
from schemes.rules.money import ZERO
from tests import world
from tests.benefits import changed
from tests.benefits.changed import APPROVER, REVIEWER, report, settle, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
MONTH = Decimal("730.00")


@pytest.fixture
def case():
    """October to March, 730 yuan a month."""
    return world.phase_out_granted(months=6)


def state(case):
    case.application.phase_out.refresh_from_db()
    return case.application.phase_out.state


def reserved(year):
    return Budget.objects.get(scheme_code="dibao-phase-out", division_id="532500", year=year).reserved


def paper_of(case, title):
    return next(one for one in Paper.objects.filter(case_ref=case.public_id) if one.title == title)


class TestReporting:
    def test_it_counts_from_the_month_after(self, case):
        assert report(case, told(on=date(2026, 11, 1))).effective_month == date(2026, 12, 1)

    def test_the_words_are_kept_encrypted(self, case):
        change = report(case)
        assert "收入".encode() not in bytes(change.words)
        assert facts.words_of(change) == "家里收入有变化。"

    def test_the_phase_out_goes_on_meanwhile(self, case):
        report(case)
        assert state(case) == "phasing_out"

    def test_a_second_one_waits_for_the_first(self, case):
        report(case)
        with refused(Conflict, "under_way"):
            report(case)

    @pytest.mark.parametrize(
        "reported, field",
        [
            (told(kind="lottery"), "kind"),
            (told(found_by="dream"), "found_by"),
            (told(words=" "), "words"),
        ],
    )
    def test_what_is_missing_is_named(self, case, reported, field):
        with pytest.raises(Invalid) as caught:
            report(case, reported)
        assert set(caught.value.errors) == {field}

    def test_a_day_to_come_is_refused(self, case):
        with pytest.raises(Invalid) as caught:
            report(case, told(on=date(2026, 12, 24)), at=world.START)
        assert set(caught.value.errors) == {"happened_on"}

    def test_changes_are_told_in_their_order(self, case):
        settle(case, report(case), changed.members(case))
        with pytest.raises(Invalid) as caught:
            report(case, told(on=date(2026, 11, 19)), at=changed.at_end_of(date(2026, 12, 20)))
        assert set(caught.value.errors) == {"happened_on"}

    def test_of_one_that_is_over_nothing_is_written(self, case):
        settle(case, report(case, told("work_lost")), changed.jobless(case))
        with refused(Conflict, "over"):
            report(case)


class TestStandingStill:
    def test_what_the_change_may_touch_is_not_paid_and_the_rest_is(self, case):
        report(case, suspend=True)
        assert state(case) == "suspended"
        late = changed.at_end_of(date(2027, 3, 20))
        assert [due.period for due in payable.payable(world.finance(), "", late)] == ["2026-10", "2026-11"]
        assert payable.payable_sums(world.finance(), late)["dibao-phase-out"].lines == 2

    def test_it_goes_on_where_the_change_did_not_matter(self, case):
        outcome = settle(case, report(case, suspend=True), changed.members(case))
        assert (outcome.effect, state(case)) == ("none", "phasing_out")
        late = changed.at_end_of(date(2027, 3, 20))
        assert len(payable.payable(world.finance(), "", late)) == 6


class TestNothingComesOfIt:
    def test_no_line_is_touched_and_both_assessments_are_kept(self, case):
        outcome = settle(case, report(case), changed.members(case))
        assert (outcome.effect, outcome.reason) == ("none", "")
        assert not DueStop.objects.exists()
        key = case.application.data_key
        before = vault.decrypt_json(key, outcome.before, facts.BEFORE)
        after = vault.decrypt_json(key, outcome.after, facts.AFTER)
        assert (before["phase"], after["phase"]) == ("phasing_out", "phasing_out")


class TestReverted:
    def test_a_household_at_or_below_the_standard_is_in_benefit_as_before(self, case):
        outcome = settle(case, report(case, told("work_lost")), changed.jobless(case))
        assert (outcome.effect, outcome.reason, state(case)) == ("reverted", "income_fell", "reverted")

    def test_the_months_from_then_on_are_stopped_and_the_budget_is_released(self, case):
        before = reserved(2026), reserved(2027)
        outcome = settle(case, report(case, told("work_lost")), changed.jobless(case))
        assert owed(case.application) == {"2026-10": MONTH, "2026-11": MONTH}
        assert outcome.stopped == 4 * MONTH
        assert (before[0] - reserved(2026), before[1] - reserved(2027)) == (MONTH, 3 * MONTH)

    def test_no_line_was_edited(self, case):
        rows = list(Due.objects.order_by("pk").values())
        settle(case, report(case, told("work_lost")), changed.jobless(case))
        assert list(Due.objects.order_by("pk").values()) == rows

    def test_the_family_gets_a_decision_with_reason_and_remedies(self, case):
        settle(case, report(case, told("work_lost")), changed.jobless(case))
        content = reading.content(paper_of(case, "渐退期结束并恢复正常享受决定书"))
        text = "".join(words for _field, words in content.texts())
        assert "已入户核实。" in text
        assert "2026年12月1日起" in text
        assert "行政复议" in text

    def test_it_is_one_event_without_words(self, case):
        settle(case, report(case, told("work_lost")), changed.jobless(case))
        event = Event.objects.get(action="phase_out.change_settled")
        assert event.data["effect"] == "reverted"
        assert "核实" not in str(event.data)


class TestTerminated:
    @pytest.mark.parametrize(
        "kind, how, reason",
        [
            ("property", {"property_ok": False}, "property"),
            ("move", {"here": False}, "move"),
        ],
    )
    def test_for_property_and_for_a_move(self, case, kind, how, reason):
        outcome = settle(case, report(case, told(kind)), changed.members(case), **how)
        assert (outcome.effect, outcome.reason, state(case)) == ("terminated", reason, "terminated")
        assert set(owed(case.application)) == {"2026-10", "2026-11"}

    def test_for_the_death_of_the_only_disabled_worker_where_the_others_are_over_the_standard(self, case):
        head = changed.members(case)[0] | {"other_monthly_income": "3000"}
        outcome = settle(case, report(case, told("death")), [head])
        assert (outcome.effect, outcome.reason) == ("terminated", "death")

    def test_where_the_others_are_within_it_they_are_in_benefit_as_before(self, case):
        outcome = settle(case, report(case, told("death")), changed.members(case)[:1])
        assert outcome.effect == "reverted"

    def test_where_nobody_disabled_works_any_more_and_the_household_is_over(self, case):
        outcome = settle(case, report(case, told("work_lost")), changed.richer(case))
        assert (outcome.effect, outcome.reason) == ("terminated", "no_worker")

    def test_what_was_paid_for_later_months_is_named_and_stays(self, case):
        paid = changed.at_end_of(date(2026, 12, 20))
        maker, checker = world.user("finance-maker"), world.user("finance-checker")
        batch = batching.make(maker, world.finance(), "dibao-phase-out", paid)
        batching.seal(maker, batch.number, paid)
        batching.approve(checker, batch.number, paid)
        outcome = settle(case, report(case, told("move"), at=paid), changed.members(case), here=False)
        assert (outcome.stopped, outcome.overpaid) == (3 * MONTH, MONTH)

    def test_money_in_a_batch_nobody_has_checked_holds_it_up(self, case):
        paid = changed.at_end_of(date(2026, 12, 20))
        batching.make(world.user("finance-maker"), world.finance(), "dibao-phase-out", paid)
        change = report(case, told("move"), at=paid)
        with refused(Conflict, "in_a_batch"):
            settle(case, change, changed.members(case), here=False)


class TestAdjusted:
    """The most a month may be is the standard for every member; 626 yuan are below it for two and above it for one."""

    @pytest.fixture
    def capped(self, monkeypatch):
        """As if the standard were 500 yuan when somebody leaves."""
        monkeypatch.setattr("benefits.phase_out.months.Stand.cap", property(cap_of))

    def test_lower_months_are_stopped_and_owed_anew(self, case, capped):
        outcome = settle(case, report(case, told("members")), changed.members(case))
        assert (outcome.effect, state(case)) == ("adjusted", "phasing_out")
        assert owed(case.application) == {
            "2026-10": MONTH, "2026-11": MONTH, "2026-12": Decimal("604.00"), "2027-01": Decimal("604.00"),
            "2027-02": Decimal("604.00"), "2027-03": Decimal("604.00"),
        }  # fmt: skip
        assert (outcome.stopped, outcome.added) == (4 * MONTH, Decimal("2416.00"))

    def test_the_lines_say_the_same_as_the_months_recomputed(self, case, capped):
        settle(case, report(case, told("members")), changed.members(case))
        months = {month.period: month.amount for month in course_of(case.application).months()}
        assert months == owed(case.application)


def cap_of(stand):
    return Decimal("500.00") if stand.change else None


class TestWhoMay:
    def test_whoever_reported_it_does_not_settle_it(self, case):
        change = report(case)
        with pytest.raises(Refused) as caught:
            settle(case, change, changed.members(case), by=REVIEWER)
        assert caught.value.code == "four_eyes"

    def test_what_was_settled_is_not_settled_again(self, case):
        change = report(case)
        settle(case, change, changed.members(case))
        with refused(Conflict, "settled"):
            settle(case, change, changed.members(case), by=APPROVER)

    def test_a_family_that_did_not_report_it_is_heard_first(self, case):
        change = report(case, told("move", found_by="check"))
        with pytest.raises(Invalid) as caught:
            settle(case, change, changed.members(case), here=False, heard="")
        assert set(caught.value.errors) == {"heard"}
        assert not ChangeOutcome.objects.exists()

    def test_a_household_that_cannot_be_is_refused(self, case):
        change = report(case)
        with pytest.raises(Invalid):
            settle(case, change, [])
        assert state(case) == "phasing_out"


class TestMonths:
    def test_every_month_is_explained_by_the_facts_then_in_force(self, case):
        change = report(case, told("work_lost"))
        settle(case, change, changed.jobless(case))
        months = course_of(case.application).months()
        assert [month.stand.change for month in months] == [None, None] + [change.pk] * 4
        assert [month.amount for month in months] == [MONTH, MONTH] + [ZERO] * 4

    def test_a_new_job_does_not_begin_the_disregard_anew(self, case):
        household = changed.members(case)
        first = household[1]["employed_since"]
        household[1]["employed_since"] = "2026-11-10"
        settle(case, report(case), household)
        assert course_of(case.application).household[1]["employed_since"] == first

    def test_changes_are_never_edited(self, case):
        change = report(case)
        with pytest.raises(Exception, match="append-only"):
            HouseholdChange.objects.filter(pk=change.pk).update(kind="move")
