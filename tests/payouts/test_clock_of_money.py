"""Every job that moves or holds money by the clock: twice, late and two at once, and each thing is done once."""

from datetime import timedelta

import pytest

from audit.models import Event
from audit.verify import verify
from benefits.models import PhaseOut, PhaseOutWarning
from papers.models import Paper
from payouts.balance import faults
from payouts.models import Hold, PaymentAdvice
from project.jobs import DUE_JOBS, run_due
from tests import world
from tests.payouts import held
from tests.payouts.returned import sent

MONEY_JOBS = ("phase_outs_warned", "phase_outs_ended", "payments_held", "payments_told")
ONCE = ("payment.told", "payment.held", "phase_out.warned", "phase_out.ended")


@pytest.fixture
def site(transactional_db):
    """Something for each of the jobs; when a batch has just gone out, and the last month of a phase-out."""
    batch, _cases = sent(0)
    case = world.phase_out_granted(3)
    last = case.application.phase_out.last_month
    soon = case.at.replace(year=last.year, month=last.month, day=10)
    held.brought(held.as_csv((held.id_of(case), "2026-08-01")), soon - timedelta(days=200))
    held.brought(held.as_csv((held.id_of(case), "2026-08-02")), soon - timedelta(days=5), "payroll", "finance-checker")
    return batch.exported_at + timedelta(days=1), soon


def done(at):
    """What the jobs of money did at a time."""
    return {name: DUE_JOBS[name](at) for name in MONEY_JOBS}


def counts():
    """How often each thing was done."""
    events = {action: Event.objects.filter(action=action).count() for action in ONCE}
    rows = (Hold, PaymentAdvice, PhaseOutWarning)
    return events, [model.objects.count() for model in rows], Paper.objects.count(), PhaseOut.objects.get().state


def test_each_job_has_something_to_do_and_twice_does_nothing_more(site):
    for at in site:
        done(at)
        after_once = counts()
        assert done(at) == dict.fromkeys(MONEY_JOBS, 0)
        assert counts() == after_once
    events, rows, _papers, _state = counts()
    assert min(rows) > 0
    assert events["payment.told"] == events["phase_out.warned"] == 1


def test_a_month_late_ends_what_is_over_and_warns_nobody_of_it(site):
    late = site[1] + timedelta(days=45)
    first = done(late)
    assert (first["phase_outs_ended"], first["phase_outs_warned"]) == (1, 0)
    assert done(late + timedelta(days=30)) == dict.fromkeys(MONEY_JOBS, 0)
    assert faults() == []


@pytest.mark.postgres_threads
@pytest.mark.slow
def test_two_clocks_at_once_do_each_thing_once(site, race):
    for at in (*site, site[1] + timedelta(days=45)):
        results = race(lambda at=at: run_due(at), lambda at=at: run_due(at))
        assert [result for result in results if isinstance(result, Exception)] == []
    events, [holds, advices, warnings], _papers, state = counts()
    assert state == "ended"
    assert events["phase_out.ended"] == events["phase_out.warned"] == warnings == 1
    assert events["payment.told"] == advices
    assert holds == len(set(Hold.objects.values_list("due", "entry")))
    assert verify().fault is None
    assert faults() == []
