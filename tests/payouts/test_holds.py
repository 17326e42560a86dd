"""What a roster names waits until somebody else lifts it; what is signed goes the way of recovery."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from applications import door
from audit.models import Event
from benefits import stopping
from benefits.models import Due
from payouts import batching, payable
from payouts.balance import faults, standing, total
from payouts.following import what_followed
from payouts.holds import acts, matching, rosters
from payouts.holds.amounts import with_amounts
from payouts.models import Hold, Roster, RosterEntry
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.tables import FaultyFile
from project.demo import money
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import changed
from tests.payouts import held
from tests.payouts.held import as_csv, brought, id_of, made
from tests.payouts.returned import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return world.user("finance-maker")


@pytest.fixture
def checker():
    return world.user("finance-checker")


def lines_payable(at):
    return sum(sums.lines for sums in payable.payable_sums(world.finance(), at).values())


class TestWhatARosterHolds:
    def test_a_named_payee_s_line_waits_and_everybody_else_s_does_not(self):
        hold, case = held.held()
        other = world.granted(5)
        at = max(case.later(), other.later())
        assert (hold.ground, hold.put_by.username) == ("custody", "finance-maker")
        batch = made(at)
        assert list(batch.payouts.values_list("due__application", flat=True)) == [other.application.pk]

    def test_a_line_that_becomes_payable_after_the_roster_came_is_held_when_a_batch_is_made(self):
        case = world.phase_out_granted()
        first = case.application.dues.earliest("payable_from").payable_from
        early = case.at.replace(year=first.year, month=first.month, day=1) - timedelta(days=20)
        brought(as_csv((id_of(case), "2026-08-01")), early)
        assert not Hold.objects.exists()
        with pytest.raises(Invalid) as refusal:
            batching.make(world.user("finance-maker"), world.finance(), "dibao-phase-out", early + timedelta(days=40))
        assert refusal.value.code == "nothing_payable"
        assert Hold.objects.exists()

    def test_after_a_death_only_the_months_after_it_wait(self):
        case = world.phase_out_granted()
        months = list(case.application.dues.order_by("payable_from").values_list("payable_from", flat=True))
        late = case.at.replace(year=months[-1].year, month=months[-1].month, day=2)
        brought(as_csv((id_of(case), f"{months[1]:%Y-%m}-15")), late, "death")
        assert (
            list(Hold.objects.order_by("due__payable_from").values_list("due__payable_from", flat=True)) == months[2:]
        )
        assert lines_payable(late) == 2

    def test_a_line_in_a_batch_nobody_signed_is_held_and_the_batch_is_refused_naming_it(self, maker, checker):
        cases = [world.granted(n) for n in (0, 5)]
        at = max(case.later() for case in cases)
        batch = batching.seal(maker, made(at).number, at)
        brought(as_csv((id_of(cases[1]), "")), at)
        line = batch.payouts.get(due__application=cases[1].application).line
        with pytest.raises(Conflict) as refusal:
            batching.approve(checker, batch.number, at)
        assert refusal.value.code == "held_lines"
        assert f"第{line}笔" in refusal.value.message
        batching.discard(maker, batch.number, "有暂缓的", at)
        assert made(at).line_count == 1

    def test_an_open_batch_with_a_held_line_is_not_sealed(self, maker):
        case = world.granted()
        batch = made(case.later())
        brought(as_csv((id_of(case), "")), case.later())
        with pytest.raises(Conflict) as refusal:
            batching.seal(maker, batch.number, case.later())
        assert refusal.value.code == "held_lines"

    @pytest.mark.parametrize("step", ["open", "sealed"])
    def test_a_line_whose_phase_out_was_suspended_since_goes_no_further(self, step, maker, checker):
        case = world.phase_out_granted()
        first = case.application.dues.earliest("payable_from").payable_from
        at = case.at.replace(year=first.year, month=first.month, day=2)
        users = {user.username: user for user in (maker, checker)}
        batch = money.pay(users, "dibao-phase-out", at, until=step)
        moved = changed.told("move", "check", on=first - timedelta(days=3))
        changed.report(case, moved, suspend=True, at=at)
        go_on, who = (batching.seal, maker) if step == "open" else (batching.approve, checker)
        with pytest.raises(Conflict) as refusal:
            go_on(who, batch.number, at)
        assert refusal.value.code == "held_lines"
        assert "第1笔" in refusal.value.message

    def test_a_hold_by_hand_stays_with_its_month_when_another_sum_takes_its_place(self, maker, checker):
        case = world.phase_out_granted()
        at = case.later(24)
        [hold, *_others] = acts.put(maker, case.application.number, "电话核实中。", at)
        taken = Taken(case, "reduce", reviewer="county-reviewer", approver="county-approver")
        taken.tell("100.00").state().weigh().decide()
        late = world.year_later(taken.at)
        assert Due.objects.filter(application=case.application, stop__isnull=True, sequence__gt=1).exists()
        assert lines_payable(late) == 0
        assert what_followed(case.application).held
        acts.lift(checker, hold.pk, "已核实。", late)
        assert lines_payable(late) > 0
        assert faults() == []

    def test_what_was_signed_is_not_held_but_named_for_recovery(self):
        batch, [case] = sent()
        roster = brought(as_csv((id_of(case), "2020-01-01")), batch.exported_at + timedelta(days=1), "death")
        assert not Hold.objects.exists()
        assert [payout.batch_id for payout in rosters.gone_already(roster)] == [batch.pk]

    def test_another_bureau_s_roster_holds_nothing(self, maker):
        case = world.granted()
        with pytest.raises(NotFound):
            brought(as_csv((id_of(case), "")), case.later(), by="county-approver")
        assert not Roster.objects.exists()

    def test_an_old_roster_says_nothing_any_more_but_a_death_does(self):
        case = world.phase_out_granted()
        fifth = case.application.dues.order_by("payable_from")[4].payable_from
        late = case.at.replace(year=fifth.year, month=fifth.month, day=2)
        brought(as_csv((id_of(case), "2026-08-01")), case.at)
        assert matching.put_due(late) == 0
        brought(as_csv((id_of(case), "2026-08-01")), case.at, "death")
        assert matching.put_due(late) == 5

    def test_the_clock_is_safe_twice_and_late(self):
        hold, case = held.held()
        for days in (0, 0, 30):
            assert matching.put_due(case.later() + timedelta(days=days)) == 0
        assert Hold.objects.get() == hold


class TestBringingARosterIn:
    def refused(self, content, kind="custody"):
        with pytest.raises(Invalid) as refusal:
            brought(content, world.START, kind)
        assert not Roster.objects.exists()
        assert not RosterEntry.objects.exists()
        return refusal.value

    @pytest.mark.parametrize(
        "row, column",
        [
            (("123", ""), "身份证号码"),
            (("", "2026-01-01"), "身份证号码"),
            (("110101199003074478", ""), "身份证号码"),
            (("=1+1", ""), "身份证号码"),
            ((held.STRANGER, "昨天"), "日期"),
            ((held.STRANGER, "2026-02-30"), "日期"),
            ((held.STRANGER, "2099-01-01"), "日期"),
            ((held.STRANGER, "1800-01-01"), "日期"),
        ],
    )
    def test_one_faulty_cell_refuses_the_file_and_is_named(self, row, column):
        case = world.granted()
        fault = self.refused(as_csv((id_of(case), ""), row))
        assert isinstance(fault, FaultyFile)
        assert [(one.row, one.column) for one in fault.faults] == [(3, column)]
        assert not Hold.objects.exists()

    def test_a_death_needs_its_day(self):
        fault = self.refused(as_csv((held.STRANGER, "")), "death")
        assert [(one.row, one.column) for one in fault.faults] == [(2, "日期")]
        assert self.refused(as_csv((held.STRANGER, ""), headings="姓名,身份证号码,备注"), "death").code == "no_column"

    def test_a_person_named_twice_refuses_the_file(self):
        assert [one.row for one in self.refused(as_csv((held.STRANGER, ""), (held.STRANGER, ""))).faults] == [3]

    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04 nonsense", b"\xff\xfe\xfd", "姓名\n甲\n".encode(), "身份证号码\n".encode()]
    )
    def test_what_is_no_roster_is_refused(self, content):
        self.refused(content)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
    def test_a_roster_counts_in_each_encoding(self, encoding):
        case = world.granted()
        brought(as_csv((id_of(case), "")).decode("utf-8-sig").encode(encoding), case.later())
        assert Hold.objects.count() == 1

    def test_the_same_bytes_again_change_nothing_even_after_the_hold_was_lifted(self, checker):
        hold, case = held.held()
        acts.lift(checker, hold.pk, "已核实。", case.later())
        content = as_csv((id_of(case), "2026-08-01"))
        again, new = rosters.bring(checker, world.finance(), "custody", content, case.later())
        assert (again, new) == (hold.entry.roster, False)
        assert Hold.objects.count() == 1

    def test_nothing_of_a_person_is_kept_in_clear(self):
        hold, case = held.held()
        number = id_of(case)
        with default_storage.open(hold.entry.roster.stored, "rb") as stored:
            assert number.encode() not in stored.read()
        assert number not in str(list(RosterEntry.objects.values_list()))
        assert number not in str(list(Event.objects.values_list("data", flat=True)))
        actions = list(Event.objects.filter(stream=hold.entry.roster.stream).values_list("action", flat=True))
        assert actions == ["roster.brought"]


class TestLifting:
    def test_what_is_lifted_can_be_paid_and_is_not_held_again_by_the_same_row(self, checker):
        hold, case = held.held()
        assert acts.lift(checker, hold.pk, "同名，已核实。", case.later()) == 1
        assert made(case.later()).line_count == 1
        assert Hold.objects.count() == 1

    def test_all_months_of_a_case_are_lifted_together(self, checker):
        case = world.phase_out_granted()
        last = case.application.dues.latest("payable_from").payable_from
        late = case.at.replace(year=last.year, month=last.month, day=2)
        brought(as_csv((id_of(case), "")), late)
        assert acts.lift(checker, Hold.objects.first().pk, "已核实。", late) == Hold.objects.count() > 1
        assert lines_payable(late) == Hold.objects.count()

    def test_who_brought_the_roster_in_does_not_lift(self, maker):
        hold, case = held.held()
        with pytest.raises(Refused) as refusal:
            acts.lift(maker, hold.pk, "没有问题。", case.later())
        assert refusal.value.code == "four_eyes"

    def test_a_reason_is_needed(self, checker):
        hold, case = held.held()
        with pytest.raises(Invalid):
            acts.lift(checker, hold.pk, " ", case.later())

    def test_who_took_part_in_the_case_does_not_lift(self, checker):
        hold, case = held.held()
        case.application.actors.create(who=f"user:{checker.pk}", capacity="official", stage="review")
        with pytest.raises(Refused):
            acts.lift(checker, hold.pk, "没有问题。", case.later())

    def test_a_hold_is_lifted_once(self, checker):
        hold, case = held.held()
        acts.lift(checker, hold.pk, "已核实。", case.later())
        with pytest.raises(NotFound):
            acts.lift(checker, hold.pk, "已核实。", case.later())

    def test_strangers_find_no_hold(self):
        hold, case = held.held()
        for name in ("county-approver", "other-county", "applicant"):
            with pytest.raises(NotFound):
                acts.lift(world.user(name), hold.pk, "x", case.later())


class TestByHand:
    def test_an_official_holds_a_case_with_a_reason_that_is_encrypted(self, checker):
        hold = held.by_hand()
        assert (hold.ground, acts.note_of(hold)) == ("by_hand", "电话核实中。")
        assert "电话".encode() not in bytes(hold.note)
        assert lines_payable(hold.put_at) == 0
        assert acts.lift(checker, hold.pk, "已核实。", hold.put_at) == 1
        assert lines_payable(hold.put_at) == 1

    @pytest.mark.parametrize("number, reason, field", [("没有", "x", "number"), (None, "  ", "reason")])
    def test_what_is_missing_or_unknown_is_told_at_its_field(self, number, reason, field, maker):
        case = world.granted()
        with pytest.raises(Invalid) as refusal:
            acts.put(maker, number or case.application.number, reason, case.later())
        assert list(refusal.value.errors) == [field]

    def test_nothing_is_held_twice(self, maker):
        hold = held.by_hand()
        with pytest.raises(Conflict):
            acts.put(maker, hold.due.application.number, "再来一次", hold.put_at)


class TestShown:
    def test_the_applicant_reads_neutral_words_and_what_to_do(self):
        hold, case = held.held()
        followed = what_followed(case.application)
        assert [payment.status for payment in followed.payments] == ["暂缓发放，正在核实"]
        assert followed.held
        assert str(hold.get_ground_display()) not in str(followed)

    def test_the_balance_names_what_is_held_and_adds_up(self, checker):
        hold, case = held.held()
        sums = total(standing(Due.objects.all(), case.later()))
        assert {part: sum_ for part, sum_ in sums.items() if sum_} == {"held": hold.due.amount}
        assert faults() == []

    def test_a_held_line_that_was_signed_all_the_same_is_a_fault(self, maker, checker):
        batch, [case] = sent()
        row = held.due_of(case)
        Hold.objects.create(
            due=row, ground="by_hand", note=b"x", put_by=maker, put_at=batch.approved_at - timedelta(hours=1)
        )
        assert [fault.check for fault in faults()] == ["nothing_held_is_signed"]


@pytest.mark.parametrize("heading", ["身份证号", "公民身份号码"])
def test_a_roster_may_call_the_id_as_other_offices_do(heading):
    case = world.granted()
    content = as_csv((id_of(case), "2026-08-01"), headings=f"姓名,{heading},日期")
    brought(content, case.later())
    assert Hold.objects.get().due.application == case.application


def test_a_hold_put_by_hand_tells_what_its_month_comes_to_after_a_change(maker):
    case = world.phase_out_granted()
    due = case.application.dues.earliest("payable_from")
    acts.put(maker, case.application.number, "电话核实中。", case.later())
    row = with_amounts(Hold.objects.filter(due=due)).get()
    assert row.held == due.amount
    with door.open_case(case.public_id, user=None, at=case.later()) as inside:
        stopping.lower(inside, [due], Decimal("100.00"))
    assert with_amounts(Hold.objects.filter(due=due)).get().held == Decimal("100.00")
