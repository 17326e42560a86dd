"""Phase-outs to whom nobody writes are ended and warned in a few statements, as safely as one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from audit.verify import verify
from benefits import clock
from benefits.models import PhaseOut, PhaseOutWarning
from benefits.phase_out import clock as warning
from benefits.phase_out import many
from benefits.stopping import money_of
from papers.models import Paper
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(two, monkeypatch):
    """They, as if no paper of ours had given them."""
    monkeypatch.setattr(many, "_written_to", lambda public_ids: set())
    return two


@pytest.fixture
def two():
    """Two phase-outs, and a day in their last month."""
    cases = [world.phase_out_granted(n) for n in (0, 3)]
    last = PhaseOut.objects.latest("last_month").last_month
    return cases, cases[0].at.replace(year=last.year, month=last.month, day=5)


def after(at):
    """Two months later."""
    return at.replace(year=at.year + (at.month + 2 > 12), month=(at.month + 1) % 12 + 1)


def test_all_end_in_one_transaction_with_an_event_each(silent):
    cases, at = silent
    late = after(at)
    assert clock.end_phase_outs(late) == 2
    assert set(PhaseOut.objects.values_list("state", "ended_at")) == {("ended", late)}
    events = Event.objects.filter(action="phase_out.ended")
    assert {event.subject for event in events} == {case.public_id for case in cases}
    assert {event.data["state"] for event in events} == {"granted"}
    assert verify().fault is None


def test_twice_and_late_changes_nothing_more(silent):
    _cases, at = silent
    clock.end_phase_outs(after(at))
    assert clock.end_phase_outs(after(after(at))) == 0
    assert Event.objects.filter(action="phase_out.ended").count() == 2


def test_all_are_warned_once(silent):
    _cases, at = silent
    assert (warning.warn_of_ends(at), warning.warn_of_ends(at)) == (2, 0)
    assert PhaseOutWarning.objects.filter(paper__isnull=True).count() == 2
    assert verify().fault is None


def test_a_chunk_that_fails_is_done_one_by_one(silent, monkeypatch):
    _cases, at = silent
    monkeypatch.setattr(clock, "_end_all", lambda public_ids, at: 1 / 0)
    assert clock.end_phase_outs(after(at)) == 2
    assert set(PhaseOut.objects.values_list("state", flat=True)) == {"ended"}


def test_whoever_has_a_paper_is_written_to(two):
    _cases, at = two
    assert clock.end_phase_outs(after(at)) == 2
    assert Paper.objects.filter(kind=Paper.Kind.PHASE_OUT_END).count() == 2


def test_two_cases_need_no_more_statements_than_one_used_to(silent):
    _cases, at = silent
    with CaptureQueriesContext(connection) as both:
        clock.end_phase_outs(after(at))
    assert len(both) < 25


def test_how_far_the_money_of_twelve_months_got_takes_no_more_statements_than_of_six():
    taken = []
    for n, months in ((0, 6), (3, 12)):
        application = world.phase_out_granted(n, months=months).application
        with CaptureQueriesContext(connection) as asked:
            assert len(money_of(application).open) == months
        taken.append(len(asked))
    assert taken[0] == taken[1]
