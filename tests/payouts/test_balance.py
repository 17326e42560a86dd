"""The books balance: every yuan approved stands in one place, and what disagrees is named."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import triggers
from benefits.models import Budget, Due, Grant
from payouts import batching
from payouts.balance import CHECKS, faults, standing, total
from payouts.balance.charts import LONGEST, drawn, grouped
from payouts.balance.days import movements
from payouts.models import Batch, Payout
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.approvals.exofficio import about_grant

pytestmark = pytest.mark.django_db
GRANT, HONGHE = "grad-jobseeking", "532500"


@pytest.fixture
def exported():
    """A granted sum in a checked batch; beside it one that waits."""
    case = world.granted()
    batch = batching.make(world.user("finance-maker"), world.finance(), GRANT, case.later())
    batching.seal(world.user("finance-maker"), batch.number, case.later())
    batching.approve(world.user("finance-checker"), batch.number, case.later())
    batching.export(world.user("finance-checker"), batch.number, "csv", case.later())
    world.granted(5)
    return case, Batch.objects.get()


def parts(at):
    return {part: sum_ for part, sum_ in total(standing(Due.objects.all(), at)).items() if sum_}


def test_each_yuan_stands_in_one_part_and_the_parts_add_up(exported):
    case, batch = exported
    found = parts(case.later())
    assert found == {"exported": batch.total, "waiting": Due.objects.latest("pk").amount}


def test_what_is_not_payable_yet_and_what_was_stopped_are_told_apart():
    case = world.phase_out_granted()
    assert set(parts(case.at)) == {"later"}
    taken = about_grant().tell().state().weigh().decide()
    assert parts(taken.later())["stopped"] == Grant.objects.get(application=taken.granted.application).amount
    assert faults() == []


def test_one_statement_whatever_the_number_of_dues(exported):
    case, _batch = exported
    with CaptureQueriesContext(connection) as found:
        standing(Due.objects.all(), case.at)
    assert len(found) == 1


def test_the_books_of_a_whole_demonstration_balance(exported):
    world.phase_out_granted()
    assert faults() == []


def _reserved(_batch):
    Budget.objects.filter(scheme_code=GRANT, division=HONGHE, year=2026).update(reserved=Decimal("5000.00"))


def _committed(_batch):
    Budget.objects.filter(scheme_code=GRANT, division=HONGHE, year=2026).update(committed=Decimal("1.00"))


def _total(batch):
    Batch.objects.filter(pk=batch.pk).update(total=Decimal("1.00"))


def _line(batch):
    Payout.objects.filter(batch=batch).update(amount=Decimal("1.00"))


def _granted(_batch):
    Grant.objects.update(amount=Decimal("77.00"))


@pytest.mark.parametrize(
    "tamper, check",
    [
        (_reserved, "reserved_is_owed"),
        (_committed, "committed_is_signed"),
        (_total, "batches_hold_their_lines"),
        (_line, "lines_are_what_is_owed"),
        (_granted, "grants_are_owed"),
    ],
)
def test_what_was_tampered_with_is_named(exported, tamper, check):
    with triggers.lifted():
        tamper(exported[1])
    assert check in {fault.check for fault in faults()}


def test_another_county_s_faults_are_not_shown(exported):
    _reserved(exported[1])
    assert faults(["532501"]) == []
    assert {fault.check for fault in faults([HONGHE])} == {"reserved_is_owed"}


def test_every_check_has_words():
    assert all(str(label) for _check, label in CHECKS.values())


def test_the_command_tells_that_the_books_balance(exported, capsys):
    call_command("balance")
    assert capsys.readouterr().out.endswith("balanced\n")


def test_the_command_exits_with_one_and_says_what_is_wrong(exported, capsys):
    _total(exported[1])
    with pytest.raises(SystemExit) as ended:
        call_command("balance")
    assert ended.value.code == 1
    assert exported[1].number in capsys.readouterr().err


def test_movements_are_told_day_by_day(exported):
    _case, batch = exported
    day = Batch.objects.get().exported_at.date()
    found = movements([HONGHE], day - timedelta(days=40), day + timedelta(days=1))
    assert sum(one.exported for one in found) == batch.total
    assert sum(one.approved for one in found) == sum(due.amount for due in Due.objects.all())
    assert movements(["532501"], day, day) == []


def test_the_page_shows_the_parts_and_that_all_agrees(exported, clock):
    clock.move_to(exported[0].later())
    page = text_of(sign_in("finance-checker").get("/finance/balance/"))
    assert "全部相符" in page
    assert "已送银行" in page


def test_the_page_warns_of_what_does_not_agree(exported, clock):
    clock.move_to(exported[0].later())
    _total(exported[1])
    page = text_of(sign_in("finance-maker").get("/finance/balance/"))
    assert exported[1].number in page
    assert "有不相符的地方" in page


def test_the_charts_tell_what_was_approved_and_sent_by_scheme_fund_county_and_day(exported, clock):
    clock.move_to(exported[0].later())
    page = text_of(sign_in("finance-checker").get("/finance/balance/"))
    for code in ("scheme", "fund", "county", "day"):
        assert f'aria-labelledby="chart-{code}-title chart-{code}-desc"' in page
    assert page.count("<svg") >= 5


def test_bars_are_to_scale_and_what_exists_is_seen():
    bars = drawn([("甲", Decimal("1000.00"), Decimal("250.00")), ("乙", Decimal("0.01"), Decimal("0.00"))])
    assert [(bar.whole_length, bar.part_length) for bar in bars] == [(LONGEST, LONGEST // 4), (1, 0)]
    assert drawn([]) == []


def test_the_groups_of_a_chart_add_up_to_what_was_approved(exported):
    lines = standing(Due.objects.all(), exported[0].later())
    for of in (lambda line: line.scheme, lambda line: line.county):
        assert sum(bar.whole for bar in grouped(lines, of)) == sum(line.approved for line in lines)
