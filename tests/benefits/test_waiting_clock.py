"""While a case waits for money no office is late with it; when there is money, the days that were left go on."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from applications.models import Application
from approvals import scope
from approvals.bulk.clean import look_around, why_not
from approvals.inbox.counts import summary_of
from approvals.inbox.sources import RUNNING
from approvals.timing import changes
from approvals.timing.clock import escalate_overdue, remind_due
from approvals.timing.overseeing import overdue_for
from approvals.waiting import listing
from audit.models import Event
from benefits.budgets import waiting, waiting_clock
from benefits.budgets.waiting_clock import follow_money
from benefits.models import Grant
from people.refusals import Conflict
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.payouts import budget_rows
from tests.stages import POINT, official
from workflows import calendar
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
APPROVER = "prefecture-approver"
MONEY = WorkItem.PauseReason.MONEY
LONG = timedelta(days=90)


@pytest.fixture
def case():
    """On the list."""
    return budget_rows.listed()


def both_listed():
    """Two cases on the list, the first accepted earlier; nothing is left."""
    first, second = world.at_decision(2), world.at_decision(5)
    late = max(first.later(), second.later())
    budget_rows.leave("0.00", late)
    for one in (second, first):
        listing.enlist(world.user(APPROVER), one.public_id, late)
        one.at = late
    return first, second


def waits(case):
    return case.item().pause_reason == MONEY


class TestWaiting:
    def test_who_is_listed_has_their_clock_stopped(self, case):
        assert waits(case)
        assert case.item().paused_at == case.at

    def test_nobody_is_late_with_it_anywhere(self, case):
        late, user = case.at + LONG, world.user(APPROVER)
        assert (remind_due(late), escalate_overdue(late)) == (0, 0)
        found = summary_of(user, scope.listed_queues(user, late), late)
        assert (found.todo, found.overdue, found.waiting) == (0, 0, 1)
        overseer = official("overseer", case.item().queue.office, "supervisor")
        assert overdue_for(overseer, late) == []
        assert not WorkItem.objects.filter(RUNNING, closed_at__isnull=True, due_at__lt=late).exists()

    def test_the_list_says_that_it_waits_for_money(self, case):
        client = sign_in(APPROVER)
        assert "等待资金，暂停计时" in text_of(client.get("/inbox/?tab=waiting"))

    def test_it_is_not_started_by_hand(self, case):
        with pytest.raises(Conflict) as refusal:
            changes.resume(world.user(APPROVER), case.item().pk, "", case.later())
        assert refusal.value.code == "money"

    def test_it_is_not_done_in_bulk_and_the_reason_is_the_money(self, case):
        pairs = [(case.item(), case.application)]
        assert why_not(*pairs[0], look_around(world.user(APPROVER), pairs, case.later())) == "money"

    def test_no_official_stops_a_clock_for_money(self):
        assert MONEY not in changes.REASONS

    def test_it_can_be_refused_meanwhile(self, case):
        reason = case.application.definition.refusal_reasons[0].code
        case.say("refuse", reasons=(reason,), text="已在其他地区领取。")
        assert case.application.state == "refused"

    def test_an_applicant_who_corrects_is_waited_for_instead(self, case):
        item = case.item()
        case.say("correction", points=(POINT,))
        item.refresh_from_db()
        assert (item.pause_reason, item.paused_at is None) == ("", False)
        assert follow_money(case.later()) == 0
        case.resubmit()
        item.refresh_from_db()
        assert item.paused_at is None
        assert follow_money(case.later()) == 1
        assert waits(case)

    def test_a_stop_for_money_has_no_reason_besides_and_no_last_day(self, case):
        for broken in ({"paused_at": None}, {"pause_until": case.at}):
            with pytest.raises(IntegrityError, match="item_paused_for_a_reason"), transaction.atomic():
                WorkItem.objects.filter(pk=case.item().pk).update(**broken)


class TestMoney:
    def test_the_days_that_were_left_go_on_when_there_is_money(self, case):
        item = case.item()
        left = calendar.working_days_between(item.paused_at.date(), item.due_at.date())
        case.at += LONG
        budget_rows.bring("2000.00", case.at)
        assert [follow_money(case.at), follow_money(case.at)] == [1, 0]
        item.refresh_from_db()
        assert (item.paused_at, item.pause_reason) == (None, "")
        assert calendar.working_days_between(case.at.date(), item.due_at.date()) == left
        assert Event.objects.filter(stream=case.application.stream, action="waiting.clock_started").count() == 1

    def test_without_money_nothing_changes_however_often(self, case):
        assert [follow_money(case.at + LONG) for _again in range(2)] == [0, 0]
        assert waits(case)

    def test_money_for_one_starts_the_clock_of_the_first_alone(self):
        first, second = both_listed()
        budget_rows.bring("1500.00", first.at + LONG)
        assert follow_money(first.at + LONG) == 1
        assert (waits(first), waits(second)) == (False, True)

    def test_money_that_is_gone_again_stops_it_again(self, case):
        case.at += LONG
        budget_rows.bring("2000.00", case.at)
        follow_money(case.at)
        budget_rows.leave("0.00", case.later())
        assert follow_money(case.at) == 1
        assert waits(case)

    def test_who_would_be_granted_nothing_waits_for_no_money(self, case, monkeypatch):
        """A correction showed that nothing is due: it is refused in time."""
        changed = {"eligible": False, "amount": Decimal("0.00")}
        QuerySet(Application).filter(pk=case.application.pk).update(**changed)
        monkeypatch.setattr(waiting, "needs_of", lambda *_: {})
        assert [follow_money(case.later()), follow_money(case.at)] == [1, 0]
        assert not waits(case)

    def test_who_stands_still_for_a_hearing_keeps_their_money_from_later_ones(self):
        first, second = both_listed()
        for_a_hearing = {"pause_reason": "hearing", "pause_until": second.at + 2 * LONG}
        WorkItem.objects.filter(pk=first.item().pk).update(**for_a_hearing)
        budget_rows.bring("1500.00", second.at + LONG)
        assert follow_money(second.at + LONG) == 0
        assert waits(second)

    def test_who_has_to_correct_keeps_no_money_from_later_ones(self):
        first, second = both_listed()
        first.say("correction", points=(POINT,))
        budget_rows.bring("1500.00", first.at + LONG)
        assert follow_money(first.at + LONG) == 1
        assert not waits(second)

    def test_money_of_next_year_alone_starts_the_clock_of_who_is_paid_in_it(self, case, monkeypatch):
        monkeypatch.setattr(waiting, "needs_of", lambda *_: {2027: Decimal("100.00")})
        monkeypatch.setattr(waiting_clock, "BY_MONTHS", case.application.definition.benefit_kind)
        assert (budget_rows.envelope().free, budget_rows.envelope(year=2027).free > 0) == (0, True)
        assert follow_money(case.later()) == 1
        assert not waits(case)

    def test_nobody_is_opened_for_less_than_they_need(self, case, monkeypatch):
        opened = []
        monkeypatch.setattr(waiting, "needs_of", lambda one, _at: opened.append(one) or {})
        budget_rows.bring("10.00", case.later())
        assert follow_money(case.at) == 0
        assert opened == []

    def test_who_was_listed_before_clocks_stopped_is_caught_up_with(self, case):
        WorkItem.objects.filter(pk=case.item().pk).update(paused_at=None, pause_reason="")
        assert follow_money(case.later()) == 1
        assert waits(case)

    def test_a_grant_before_the_clock_noticed_is_not_late(self, case):
        item = case.item()
        case.at += LONG
        budget_rows.bring("2000.00", case.at)
        case.say("grant")
        item.refresh_from_db()
        assert Grant.objects.exists()
        assert (item.pause_reason, item.closed_at <= item.due_at) == ("", True)
