"""渐退期结束告知书: once, with the months paid and how to apply again; by the clock or with a measure."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from benefits.clock import end_phase_outs
from papers import reading
from papers.models import Paper
from payouts import batching
from people.models import Person
from tests import world
from tests.approvals import exofficio

pytestmark = pytest.mark.django_db
OVER = datetime(2027, 4, 1, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def case():
    """October to March."""
    return world.phase_out_granted(months=6)


def papers(case):
    return Paper.objects.filter(case_ref=case.public_id, kind="phase_out_end")


def content(case):
    return reading.content(papers(case).get())


def text(case):
    return "".join(words for _field, words in content(case).texts())


def statuses(case):
    return [row[2] for row in content(case).sections[0].table.rows]


def export(case, at):
    """Finance pays what is payable."""
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), "dibao-phase-out", at)
    batching.seal(maker, batch.number, at)
    batching.approve(checker, batch.number, at)
    batching.export(maker, batch.number, "csv", at)


def test_there_is_none_while_the_last_month_runs(case):
    end_phase_outs(OVER.replace(month=3, day=31))
    assert not papers(case).exists()


def test_the_clock_tells_it_once(case):
    end_phase_outs(OVER)
    end_phase_outs(OVER)
    assert papers(case).count() == 1


def test_it_comes_from_the_office_that_granted(case):
    end_phase_outs(OVER)
    granted = Paper.objects.get(case_ref=case.public_id, kind="phase_out")
    assert papers(case).get().office == granted.office
    assert granted.number in text(case)


def test_it_lists_each_month_and_says_how_to_apply_again(case):
    end_phase_outs(OVER)
    rows = content(case).sections[0].table.rows
    assert [row[0] for row in rows][::5] == ["2026年10月", "2027年3月"]
    assert "可以随时重新申请" in text(case)
    assert "apply again" in "".join(content(case).english)


def test_what_is_still_to_be_paid_is_not_told_as_paid(case):
    end_phase_outs(OVER)
    assert statuses(case) == ["待发放"] * 6
    assert "已经发放的共0.00元（零元整）" in text(case)


def test_what_finance_paid_is_summed_up(case):
    export(case, datetime(2026, 12, 2, 9, 0, tzinfo=OVER.tzinfo))
    end_phase_outs(OVER)
    rows = content(case).sections[0].table.rows
    assert statuses(case) == ["已发放"] * 3 + ["待发放"] * 3
    paid = sum(float(row[1]) for row in rows if row[2] == "已发放")
    assert f"已经发放的共{paid:.2f}元" in text(case)


def test_a_measure_that_ends_it_early_is_told_with_the_months_stopped(case):
    taken = exofficio.Taken(case, "stop", reviewer="county-reviewer", approver="county-approver")
    taken.tell().state().weigh().decide()
    assert content(case).title == "渐退期提前结束告知书"
    assert "已停发" in statuses(case)
    assert end_phase_outs(OVER) == 0
    assert papers(case).count() == 1


def test_a_name_no_font_has_does_not_keep_it_from_ending(case, monkeypatch):
    monkeypatch.setattr("benefits.letters.variables", lambda *_given: {"name": "\U000300f1"})
    monkeypatch.setattr("benefits.letters._told", lambda *_given: dict.fromkeys(NAMES, "\U000300f1"))
    assert end_phase_outs(OVER) == 1
    assert case.application.phase_out.state == "ended"
    assert not papers(case).exists()


NAMES = ("name", "decision", "months", "first_month", "last_month", "ended_on", "paid", "capitals", "organ")


def test_the_name_is_that_of_the_cases_own_answers(case):
    Person.objects.filter(pk=case.application.subject_id).update(name="别人")
    end_phase_outs(OVER)
    assert content(case).addressee == world.answers_of(case)["name"]
