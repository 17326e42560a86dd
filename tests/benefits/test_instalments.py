"""Grants paid in instalments: every fen is owed from the first day, and paid when it has been seen and confirmed."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.models import CaseActor
from approvals.models import MilestoneRuling
from approvals.visits import reporting as visit_reporting
from benefits.budgets.using import by_month
from benefits.milestones import reporting
from benefits.milestones.clock import remind_milestones
from benefits.milestones.planning import day_after
from benefits.models import Budget, Due, Grant, Milestone, MilestoneReport
from benefits.stopping import money_of
from papers.models import Paper
from payouts import balance, batching, following
from payouts.payable import payable
from people import sealed_files
from people.day_words import day_in_words
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.rules.instalments import Part, instalments, split
from schemes.rules.parsing import BadValueError
from tests import institution, world
from tests.approvals.exofficio import Taken
from tests.benefits import instalments as staged
from tests.unchanged import refused

MAKER = "finance-maker"
SUM = Decimal(institution.AMOUNT)


@pytest.fixture
def scheme(peopled):
    staged.publish()


@pytest.fixture
def case(scheme):
    return staged.granted()


def dues(case):
    return Due.objects.filter(application=case.application).order_by("sequence")


def faults():
    """What does not agree; the envelopes of this scheme were written without documents."""
    return [fault for fault in balance.faults() if fault.check != "amount_is_documented"]


def payable_sum(case, days=0):
    at = case.at + timedelta(days=days)
    return sum((due.amount for due in payable(world.finance(), institution.CODE, at)), Decimal(0))


class TestTheValue:
    """What policy can say."""

    @pytest.mark.parametrize(
        "wrong",
        [
            [],
            [{"occasion": "grant", "percent": "40", "months": 0}],
            [{"occasion": "grant", "percent": "100", "months": 1}],
            [{"occasion": "works", "percent": "100", "months": 0}],
            [{"occasion": "party", "percent": "100", "months": 2}],
            [{"occasion": "works", "percent": "100"}],
            [
                {"occasion": "works", "percent": "60", "months": 9},
                {"occasion": "operation", "percent": "40", "months": 3},
            ],
            [{"occasion": "grant", "percent": "0", "months": 0}, {"occasion": "works", "percent": "100", "months": 3}],
            {"occasion": "grant"},
        ],
    )
    def test_what_does_not_add_up_or_stand_in_order_is_refused(self, wrong):
        with pytest.raises(BadValueError):
            instalments(wrong)

    @given(
        st.decimals("0.01", "99999999.99", places=2),
        st.lists(st.integers(1, 97), min_size=1, max_size=11, unique=True).map(sorted),
    )
    def test_a_sum_is_divided_to_the_fen_whatever_the_percents(self, amount, cuts):
        edges = [0, *cuts, 100]
        parts = [Part("works", Decimal(b - a), n + 1) for n, (a, b) in enumerate(pairwise(edges))]
        shares = split(amount, parts)
        assert sum(shares) == amount
        assert all(
            abs(share - amount * part.percent / 100) < Decimal("0.01")
            for share, part in zip(shares, parts, strict=True)
        )

    def test_a_month_later_is_the_last_day_where_there_is_no_such_day(self):
        start = world.START.date().replace(year=2027, month=8, day=31)
        assert [day_after(start, months).isoformat() for months in (0, 1, 6)] == [
            "2027-08-31", "2027-09-30", "2028-02-29",
        ]  # fmt: skip


@pytest.mark.django_db
class TestGranting:
    def test_without_a_value_the_whole_sum_is_owed_at_once(self, peopled):
        institution.publish()
        case = institution.granted()
        assert [due.amount for due in dues(case)] == [SUM]
        assert not Milestone.objects.exists()

    def test_each_instalment_is_owed_from_the_day_of_the_decision(self, case):
        assert [(due.milestone.place, due.amount) for due in dues(case)] == [
            (1, Decimal("20000.00")),
            (2, Decimal("20000.00")),
            (3, Decimal("10000.00")),
        ]

    def test_all_of_it_is_reserved_in_the_envelope_of_the_year_of_the_decision(self, case):
        year = case.at.year
        assert Budget.objects.get(scheme_code=institution.CODE, year=year).reserved == SUM
        assert Budget.objects.get(scheme_code=institution.CODE, year=year + 1).reserved == 0

    def test_what_is_paid_with_the_decision_is_met_and_the_rest_is_awaited(self, case):
        assert list(Milestone.objects.values_list("state", flat=True)) == ["met", "awaited", "awaited"]

    def test_only_what_is_met_is_payable_however_late_it_is(self, case):
        assert payable_sum(case) == payable_sum(case, days=900) == Decimal("20000.00")

    def test_components_add_up_to_the_decided_sum_and_keep_their_names(self, peopled):
        staged.publish_components()
        costs = [{"component": "equipment", "cost": "33333.33"}, {"component": "rent", "cost": "99999.99"}]
        case = staged.granted(components=costs)
        grant = Grant.objects.get(application=case.application)
        sums = {code: sum(due.amount for due in dues(case) if due.component == code) for code in ("equipment", "rent")}
        assert sums == {"equipment": Decimal("16666.67"), "rent": Decimal("20000.01")}
        assert sum(sums.values()) == grant.amount
        assert faults() == []

    def test_the_books_balance_and_say_that_the_rest_is_not_due(self, case):
        parts = balance.total(balance.standing(dues(case), case.at + timedelta(days=900)))
        assert (parts["waiting"], parts["later"]) == (Decimal("20000.00"), Decimal("30000.00"))
        assert faults() == []

    def test_an_instalment_that_is_missing_upsets_the_balance(self, case):
        grant = Grant.objects.get(application=case.application)
        Grant.objects.filter(pk=grant.pk).update(amount=SUM + 1)
        assert [fault.check for fault in faults()] == ["grants_are_owed"]

    def test_the_forecast_expects_it_when_it_should_be_reached(self, case):
        months = {month.first: month.total for month in by_month(dues(case))}
        due_on = staged.milestone(case).due_on
        assert months[due_on.replace(day=1)] == Decimal("20000.00")


@pytest.mark.django_db
class TestReporting:
    def test_the_paper_and_the_words_are_sealed(self, case):
        row = staged.report(case)
        assert "验收".encode() not in bytes(row.words)
        assert reporting.paper_of(row, case.application)[:2] == b"\xff\xd8"
        assert staged.milestone(case).state == "reported"

    def test_without_a_paper_or_words_it_is_refused_with_both_named(self, case):
        with pytest.raises(Invalid) as refusal:
            staged.report(case, words=" ", paper=None)
        assert set(refusal.value.errors) == {"words", "paper"}

    def test_a_stranger_cannot_report(self, case):
        told = reporting.Told("已完成。", staged.proof())
        with refused(NotFound):
            reporting.report(world.user("applicant2"), case.public_id, 2, told, case.later())

    def test_what_has_to_run_for_a_time_cannot_be_reported_before_it_is_over(self, case):
        with refused(Conflict) as refusal:
            staged.report(case, 3)
        assert day_in_words(staged.milestone(case, 3).due_on) in str(refusal.value.message)

    def test_a_file_that_is_no_paper_is_refused_and_nothing_is_kept(self, case):
        paper = staged.proof()
        paper.file.truncate(20)
        with pytest.raises(Invalid):
            staged.report(case, paper=paper)
        assert not MilestoneReport.objects.exists()

    def test_ten_reports_are_too_many_until_somebody_has_ruled_on_them(self, case, monkeypatch):
        monkeypatch.setattr(reporting, "MOST_REPORTS", 2)
        for _n in range(2):
            staged.report(case, at=case.later(1))
        with refused(Conflict):
            staged.report(case)
        staged.checked(case)
        staged.rule(case, met=False, words="设备没有安装。")
        staged.met(case)
        assert MilestoneReport.objects.count() == 3

    def test_a_failed_report_leaves_no_file_behind(self, case, monkeypatch):
        removed = []
        monkeypatch.setattr(sealed_files, "remove", removed.append)
        monkeypatch.setattr(MilestoneReport.objects, "create", lambda **_row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            staged.report(case)
        assert len(removed) == 1


@pytest.mark.django_db
class TestConfirming:
    def test_reported_checked_by_two_and_confirmed_by_a_third_it_is_payable(self, case):
        staged.met(case)
        assert staged.milestone(case).state == "met"
        assert payable_sum(case) == Decimal("40000.00")
        assert faults() == []

    def test_it_is_paid_by_a_batch_and_the_last_follows_when_its_time_is_over(self, case):
        staged.met(case)
        batch = batching.make(world.user(MAKER), world.finance(), institution.CODE, case.later())
        assert batch.total == Decimal("40000.00")
        staged.met(case, 3)
        assert payable_sum(case) == Decimal("10000.00")

    @pytest.mark.parametrize("user", [staged.REVIEWER, staged.COLLEAGUE])
    def test_neither_of_the_two_who_went_confirms(self, case, user):
        staged.report(case)
        staged.checked(case)
        if user == staged.COLLEAGUE:
            with refused(NotFound):  # a clerk confirms nothing at all
                staged.rule(case, user=user)
            return
        with refused(Refused) as refusal:
            staged.rule(case, user=user)
        assert refusal.value.code == "four_eyes"

    def test_without_a_site_check_nothing_is_confirmed(self, case):
        staged.report(case)
        with refused(Conflict):
            staged.rule(case)

    def test_a_check_made_before_the_last_report_is_not_enough(self, case):
        staged.report(case)
        staged.checked(case)
        staged.report(case)
        with refused(Conflict):
            staged.rule(case)

    def test_where_nobody_was_met_another_check_is_needed(self, case):
        staged.report(case)
        staged.checked(case, met="nobody", agreed=None, signature="", image=None)
        with refused(Conflict):
            staged.rule(case)

    def test_a_check_that_finds_too_little_sends_it_back_and_nothing_is_payable(self, case):
        staged.report(case)
        staged.checked(case)
        staged.rule(case, met=False, words="设备没有安装。")
        assert staged.milestone(case).state == "awaited"
        assert payable_sum(case) == Decimal("20000.00")
        staged.met(case)
        assert MilestoneRuling.objects.count() == 2
        assert payable_sum(case) == Decimal("40000.00")

    def test_two_go_and_not_one(self, case):
        with pytest.raises(Invalid):
            staged.plan(case, companion=staged.REVIEWER)

    def test_nobody_from_another_office_comes_along(self, case):
        with pytest.raises(Invalid):
            staged.plan(case, companion="county-reviewer")

    def test_an_official_who_is_recused_neither_goes_nor_confirms(self, case):
        who = f"user:{world.user(staged.REVIEWER).pk}"
        CaseActor.objects.filter(application=case.application, who=who).delete()
        CaseActor.objects.create(application=case.application, who=who, capacity="recused")
        with refused(Refused):
            staged.plan(case)

    def test_who_reviewed_the_case_may_go_as_it_is_no_stage_of_it(self, case):
        assert staged.plan(case).stage == "milestone"

    def test_one_check_at_a_time_is_planned_and_one_called_off_makes_room(self, case):
        visit = staged.plan(case)
        with refused(Conflict):
            staged.plan(case, 3)
        visit_reporting.cancel(visit.first_official, visit.pk, case.later())
        assert staged.plan(case, 3).state == "planned"

    def test_the_check_has_its_record_on_paper(self, case):
        staged.report(case)
        staged.checked(case)
        assert Paper.objects.filter(case_ref=case.public_id, kind="visit_record").exists()

    def test_an_office_that_did_not_grant_does_nothing(self, case):
        with refused(NotFound):
            staged.plan(case, user="county-reviewer")


@pytest.mark.django_db
class TestLate:
    def test_a_day_put_off_moves_with_its_reason_and_never_back(self, case):
        before = staged.milestone(case).due_on
        row = staged.put_off(case, before + timedelta(days=60))
        assert (row.before, staged.milestone(case).due_on) == (before, before + timedelta(days=60))
        with pytest.raises(Invalid):
            staged.put_off(case, before)

    def test_who_is_near_or_late_is_told_once_for_each_day(self, case):
        day = staged.milestone(case).due_on
        case.at += timedelta(days=(day - case.at.date()).days - 20)
        assert [remind_milestones(case.at) for _again in range(2)] == [1, 0]
        staged.put_off(case, day + timedelta(days=10))
        assert remind_milestones(case.later()) == 1

    def test_who_reported_is_not_told(self, case):
        staged.report(case)
        assert remind_milestones(case.at + timedelta(days=170)) == 0

    def test_what_was_not_reached_is_stopped_by_the_procedure_there_is(self, case):
        case.at += timedelta(days=300)
        stop(case)
        assert money_of(case.application).open == []
        assert faults() == []
        assert remind_milestones(case.at + timedelta(days=300)) == 0

    def test_a_sum_lowered_still_waits_for_its_milestone(self, case):
        taken = Taken(case, "reduce", reviewer=staged.REVIEWER, approver=staged.APPROVER)
        taken.tell("30000.00").state().weigh().decide()
        case.at = taken.at
        assert payable_sum(case, days=900) == Decimal("20000.00")
        assert sum(due.amount for due in money_of(case.application).open) == Decimal("30000.00")
        assert faults() == []


@pytest.mark.django_db
def test_the_organisation_reads_what_waits_for_a_milestone(case):
    told = [payment.status for payment in following.what_followed(case.application).payments]
    assert told == ["等待发放", "等待这一期完成", "等待这一期完成"]


def stop(case):
    taken = Taken(case, "stop", reviewer=staged.REVIEWER, approver=staged.APPROVER)
    taken.tell().state().weigh().decide()
    case.at = taken.at
