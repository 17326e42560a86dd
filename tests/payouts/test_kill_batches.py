"""kill -9 at ten random moments of the life of a batch of 1,000 lines: whoever goes on afterwards ends at the same."""

import hashlib
import os
import random
import signal

import pytest
from django.db import connection, connections
from django.db.models import Count, F, Sum

from applications.models import Application
from audit.models import Event
from audit.verify import verify
from benefits.models import Budget, Due
from payouts import batching, files
from payouts.balance import faults
from payouts.models import Batch, Payout
from project.bench.copying import copy
from tests import world

pytestmark = [pytest.mark.postgres_threads, pytest.mark.slow]
LINES, KILLS, SCHEME = 1000, 10, "grad-jobseeking"
# Fewer than making, sealing and approving need together, more than any of them alone may need.
STATEMENTS = range(1, 45)


@pytest.fixture
def at(transactional_db):
    """A thousand lines of a yuan are payable then."""
    case = world.granted()
    due = Due.objects.get(application=case.application)
    copy(Due, due.pk, LINES - 1, id="900000 + n", sequence="n + 2", amount="1.00")
    Budget.objects.filter(pk=due.budget_id).update(reserved=F("reserved") + LINES - 1)
    return case.later()


def go_on(at):
    """Whatever is the next step with the batch, and all after it, as an office does that comes back to work."""
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = Batch.objects.exclude(state="discarded").first() or batching.make(maker, world.finance(), SCHEME, at)
    if batch.state == "open":
        batching.seal(maker, batch.number, at)
    if Batch.objects.get(pk=batch.pk).state == "sealed":
        batching.approve(checker, batch.number, at)
    batching.export(checker, batch.number, "csv", at)


def killed(at, statements):
    """Go on in a process of its own that dies, as by kill -9, when it has asked the database so often; whether it did.

    A fork, not a new interpreter: ten of those would take a minute to start.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        _die_after(statements, at)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_after(statements, at):
    left = iter(range(statements))

    def count(execute, sql, params, many, context):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count):
            go_on(at)
    finally:
        os._exit(0)


def test_whoever_goes_on_ends_at_the_same(at):
    moments = random.Random(1000)
    kills = sum(killed(at, moments.choice(STATEMENTS)) for _ in range(KILLS))
    go_on(at)

    assert kills >= KILLS // 2
    batch = Batch.objects.get()
    assert (batch.state, batch.number[-5:], batch.line_count) == ("exported", "00001", LINES)
    assert list(batch.payouts.order_by("line").values_list("line", flat=True)) == list(range(1, LINES + 1))
    assert set(Due.objects.annotate(times=Count("payouts")).values_list("times", flat=True)) == {1}
    assert set(Payout.objects.values_list("state", flat=True)) == {"exported"}
    assert Budget.objects.aggregate(sum=Sum("committed"))["sum"] == batch.total
    assert Event.objects.filter(stream=batch.stream, action="batch.made").count() == 1
    assert Event.objects.filter(stream=batch.stream, action="batch.approved").count() == 1
    for file in files.stored_files(batch):
        assert hashlib.sha256(files.content_of(batch, file)).hexdigest() == file.sha256
    assert Application.objects.count() == 1
    assert verify().fault is None
    assert faults() == []
